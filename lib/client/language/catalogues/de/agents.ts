import chart from './agents-chart.json';
import detail from './agents-detail.json';
import list from './agents-list.json';

const catalogue = { ...chart, ...detail, ...list };

export default catalogue;
