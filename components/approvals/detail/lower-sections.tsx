import type { ApprovalDetail } from '@/lib/contracts';
import { GrantSection } from '../grants/grant-section';
import type { useDecide } from '../use-decide';
import { AgentNow } from './agent-now';
import { Comments } from './comments';
import { LastOfKind } from './last-of-kind';
import { ToolFacts } from './tool-facts';

interface LowerSectionsProps {
  approval: ApprovalDetail;
  workspace: string;
  agentHref: string;
  decide: ReturnType<typeof useDecide>;
}

/** The end of an open call: tool and agent, what was before, what people wrote, and approving more than this call. */
export function LowerSections({ approval, workspace, agentHref, decide }: LowerSectionsProps) {
  return (
    <>
      <div className="grid border-t border-line xl:grid-cols-2 [&>section]:border-t-0 max-xl:[&>section+section]:border-t">
        <ToolFacts approval={approval} />
        <AgentNow approval={approval} agentHref={agentHref} />
      </div>
      <LastOfKind approval={approval} />
      <Comments key={approval.id} workspace={workspace} approval={approval} />
      <GrantSection approval={approval} decide={decide} />
    </>
  );
}
