import type { ApprovalDetail } from '@/lib/contracts';
import type { useGroup } from '../group/use-group';
import type { useDecide } from '../use-decide';

export interface VerdictBarProps {
  approval: ApprovalDetail;
  /** The id of the person who looks at it. */
  viewerId: string | null;
  agentHref: string;
  decide: ReturnType<typeof useDecide>;
  /** Calls like this one, which can be decided with it. */
  group: Pick<ReturnType<typeof useGroup>, 'count' | 'open'>;
  onDismiss: () => void;
  onNext: (() => void) | null;
}
