import { Link } from '@/components/ui/link';
import { ScoreChange } from '@/components/trust/score-change';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { ApprovalDetail } from '@/lib/contracts';

/** What a verdict did to the agent's score and rung, and which evidence it became. */
export function EffectPanel({
  approval,
  agentHref,
}: {
  approval: ApprovalDetail;
  agentHref: string;
}) {
  const { effect, agent } = approval;
  if (effect === null) return null;
  const { before, after, texts } = effect;
  return (
    <div className="mt-2 text-dense">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Link href={agentHref} className="font-medium text-accent hover:underline">
          <UntrustedText text={agent.name} />
        </Link>
        <ScoreChange before={before} after={after} />
      </p>
      {texts.length > 0 ? (
        <ul className="mt-1 list-disc pl-4 text-ink-2">
          {texts.map((text, index) => (
            <li key={index}>
              <UntrustedText text={text} />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
