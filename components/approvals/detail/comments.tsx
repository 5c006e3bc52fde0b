import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { ApprovalDetail } from '@/lib/contracts';
import { Section } from './section';

/** What reviewers wrote to each other about this call. */
export function Comments({ comments }: { comments: ApprovalDetail['comments'] }) {
  return (
    <Section title={comments.length === 0 ? 'Comments' : `Comments (${comments.length})`}>
      {comments.length === 0 ? (
        <p className="text-dense text-ink-2">No comments yet.</p>
      ) : (
        <ul className="flex flex-col gap-2.5">
          {comments.map((comment) => (
            <li key={comment.id}>
              <p className="text-xs text-ink-2">
                <span className="font-medium text-ink">
                  <UntrustedText text={comment.authorName} />
                </span>{' '}
                {comment.kind === 'question' ? 'asked ' : null}
                {comment.kind === 'answer' ? 'answered ' : null}
                {comment.author.startsWith('agent:') ? (
                  <span className="rounded-sm bg-sev-2-soft px-1 font-medium text-sev-2">
                    written by the agent, checked by nobody
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
