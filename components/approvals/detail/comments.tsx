import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { ApprovalDetail } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { Section } from './section';

/** What reviewers wrote to each other about this call. */
export function Comments({ comments }: { comments: ApprovalDetail['comments'] }) {
  return (
    <Section
      title={
        comments.length === 0 ? t('Comments') : t('Comments ({count})', { count: comments.length })
      }
    >
      {comments.length === 0 ? (
        <p className="text-dense text-ink-2">{t('No comments yet.')}</p>
      ) : (
        <ul className="flex flex-col gap-2.5">
          {comments.map((comment) => (
            <li key={comment.id}>
              <p className="text-xs text-ink-2">
                <span className="font-medium text-ink">
                  <UntrustedText text={comment.authorName} />
                </span>{' '}
                {comment.kind === 'question' ? `${t('asked')} ` : null}
                {comment.kind === 'answer' ? `${t('answered')} ` : null}
                {comment.forAgent ? (
                  <span className="rounded-sm bg-sev-2-soft px-1 font-medium text-sev-2">
                    {t('written by the agent, checked by nobody')}
                  </span>
                ) : null}{' '}
                <RelativeTime at={comment.createdAt} />
              </p>
              <UntrustedText text={comment.body} block className="text-dense" />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
