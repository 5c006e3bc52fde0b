'use client';

import { Ellipsis, MessageCircleReply } from 'lucide-react';
import { latePart } from '@/components/ui/late-part';
import { Menu } from '@/components/ui/menu';
import { Skeleton } from '@/components/ui/states';
import { t } from '@/lib/client/language';
import { BarButton } from '../verdict/bar-button';
import type { WorkItemsProps } from './work-items';

// No call is opened with its menu open.
const [WorkItems, fetchWorkItems] = latePart(async () => (await import('./work-items')).WorkItems, {
  loading: <Skeleton className="h-24" />,
  get what() {
    return t('The menu could not be shown.');
  },
});
export { fetchWorkItems };

/** What else can be done with a call: ask, assign, put aside. */
export function WorkMenu(props: WorkItemsProps) {
  return (
    <Menu
      label={t('More for this call')}
      align="end"
      side="thumb"
      trigger={
        <BarButton asks="more" className="w-full" icon={Ellipsis}>
          <span className="md:sr-only">{t('More steps')}</span>
        </BarButton>
      }
    >
      <WorkItems {...props} />
    </Menu>
  );
}

/** For whoever may not decide but may know the answer: the owner of the agent above all. */
export function AnswerButton({ decide }: Pick<WorkItemsProps, 'decide'>) {
  return (
    <BarButton
      variant="primary"
      asks="answer"
      icon={MessageCircleReply}
      onClick={() => decide.askFor('answer')}
    >
      {t('Answer the question')}
    </BarButton>
  );
}
