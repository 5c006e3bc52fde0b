import { PageBody } from '@/components/ui/page-body';
import { Empty } from '@/components/ui/states';

export default function NotFoundHere() {
  return (
    <PageBody>
      <Empty title="This does not exist in this workspace">
        It was removed, or the link belongs to another workspace. The pages on the left still work.
      </Empty>
    </PageBody>
  );
}
