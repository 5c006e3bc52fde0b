import { PageBody } from '@/components/ui/page-body';
import { Empty } from '@/components/ui/states';
import { t } from '@/lib/client/language';

export default function NotFoundHere() {
  return (
    <PageBody>
      <Empty title={t('This does not exist in this workspace')}>
        {t(
          'It was removed, or the link belongs to another workspace. The pages on the left still work.',
        )}
      </Empty>
    </PageBody>
  );
}
