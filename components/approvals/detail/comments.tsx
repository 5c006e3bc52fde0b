import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { InlineStatus } from '@/components/ui/inline-status';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { describeError } from '@/lib/client/api-error';
import type { ApprovalDetail, Comment } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { joinComments } from '../join-comments';
import { commentsOptions } from '../queries';
import { Section } from './section';

interface CommentsProps {
  workspace: string;
  approval: Pick<ApprovalDetail, 'id' | 'comments' | 'earlierComments'>;
}

/** What reviewers wrote to each other about this call: the newest, and those before when they are asked for. */
export function Comments({ workspace, approval }: CommentsProps) {
  const { comments, more, list, showEarlier, pending, error } = useComments(workspace, approval);
  return (
    <Section
      title={
        comments.length === 0 || more
          ? t('Comments')
          : t('Comments ({count})', { count: comments.length })
      }
    >
      {comments.length === 0 ? (
        <p className="text-dense text-ink-2">{t('No comments yet.')}</p>
      ) : (
        <>
          {error === null ? null : (
            <InlineStatus tone="error" className="mb-2">
              {describeError(error).detail}
            </InlineStatus>
          )}
          {more ? (
            <Button
              size="sm"
              className="mb-2.5 max-md:h-11"
              pending={pending}
              onClick={showEarlier}
            >
              {t('Show earlier comments')}
            </Button>
          ) : null}
          <ul ref={list} tabIndex={-1} className="flex flex-col gap-2.5 outline-none">
            {comments.map((comment) => (
              <CommentItem key={comment.id} comment={comment} />
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

function useComments(
  workspace: string,
  { id, comments: newest, earlierComments }: CommentsProps['approval'],
) {
  const [asked, setAsked] = useState(false);
  const query = useInfiniteQuery({ ...commentsOptions(workspace, id), enabled: asked });
  const list = useRef<HTMLUListElement>(null);
  const more = query.data === undefined ? earlierComments !== null : query.hasNextPage;
  useEffect(() => {
    // The button is gone with the last page; whoever pressed it goes on among the comments.
    if (asked && !more && document.activeElement === document.body) list.current?.focus();
  }, [asked, more]);
  const showEarlier = (): void => {
    if (!asked) setAsked(true);
    else if (query.data === undefined) void query.refetch();
    else void query.fetchNextPage();
  };
  const pages = query.data?.pages.map(({ items }) => items) ?? [];
  return {
    comments: joinComments([newest, ...pages]),
    more,
    list,
    showEarlier,
    pending: query.isFetching && (query.data === undefined || query.isFetchingNextPage),
    error: query.isFetching ? null : query.error,
  };
}

function CommentItem({ comment }: { comment: Comment }) {
  return (
    <li>
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
  );
}
