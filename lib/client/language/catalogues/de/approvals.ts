import detail from './approvals-detail.json';
import grants from './approvals-grants.json';
import groups from './approvals-groups.json';
import keys from './approvals-keys.json';
import page from './approvals-page.json';
import queue from './approvals-queue.json';
import reading from './approvals-reading.json';
import reviews from './approvals-reviews.json';
import verdicts from './approvals-verdicts.json';
import work from './approvals-work.json';

const catalogue = {
  ...detail,
  ...grants,
  ...groups,
  ...keys,
  ...page,
  ...queue,
  ...reading,
  ...reviews,
  ...verdicts,
  ...work,
};

export default catalogue;
