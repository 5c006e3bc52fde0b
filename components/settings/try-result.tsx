import { InlineStatus } from '@/components/ui/inline-status';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { MessageTry } from '@/lib/contracts';
import { describeError } from '@/lib/client/api-error';
import { t } from '@/lib/client/language';

/** What a test message came to, in the words of the other side. */
export function TryResult({
  result,
  error,
}: {
  result: MessageTry | undefined;
  error: Error | null;
}) {
  if (error) return <InlineStatus tone="error">{describeError(error).detail}</InlineStatus>;
  if (result === undefined) return null;
  const { delivered, status, answer, ms } = result;
  return (
    <InlineStatus tone={delivered ? 'done' : 'error'}>
      {delivered
        ? t('Delivered after {ms} ms.', { ms })
        : t('Not delivered after {ms} ms.', { ms })}{' '}
      {status === null ? null : t('Status {status}.', { status: String(status) })}{' '}
      <UntrustedText text={answer} />
    </InlineStatus>
  );
}
