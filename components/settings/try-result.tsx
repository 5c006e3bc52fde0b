import { InlineStatus } from '@/components/ui/inline-status';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { MessageTry } from '@/lib/contracts';
import { describeError } from '@/lib/client/api-error';

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
      {delivered ? 'Delivered' : 'Not delivered'} after {ms} ms.
      {status === null ? null : ` Status ${status}.`} <UntrustedText text={answer} />
    </InlineStatus>
  );
}
