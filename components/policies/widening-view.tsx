import { ShieldCheck, TriangleAlert } from 'lucide-react';
import type { PolicyExample, PolicyWidening } from '@/lib/contracts';
import { OutcomeMark } from '@/components/ui/outcome-mark';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { callWords, verdictWords } from './draft';
import { counted, rich, t } from '@/lib/client/language';

/** Whose call it is, and to which tool where that has a name. */
function Caller({ example }: { example: PolicyExample }) {
  const { agentName, call } = example;
  const name = call.tool?.name;
  const tool =
    name === undefined || name === 'tool' ? undefined : <UntrustedText text={name} mono />;
  if (agentName === undefined)
    return tool === undefined ? t('A made-up call') : rich('A made-up call to {tool}', { tool });
  const agent = <UntrustedText text={agentName} />;
  return tool === undefined
    ? rich('A call of {agent}', { agent })
    : rich('A call of {agent} to {tool}', { agent, tool });
}

function Example({ example }: { example: PolicyExample }) {
  return (
    <li className="flex flex-col gap-0.5 px-3 py-2">
      <p className="flex flex-wrap items-center gap-x-2">
        <OutcomeMark outcome={example.before} settled />
        <span aria-hidden>→</span>
        <span className="sr-only">{t('becomes')}</span>
        <OutcomeMark outcome={example.after} settled className="font-medium text-ink" />
      </p>
      <p className="text-dense text-ink-2">
        <Caller example={example} />: {callWords(example)}
      </p>
      {example.reasons[0] ? <p className="text-dense">{example.reasons[0].text}</p> : null}
    </li>
  );
}

export function Examples({ examples }: { examples: readonly PolicyExample[] }) {
  if (examples.length === 0) return null;
  return (
    <ul className="divide-y divide-line rounded-md border border-line">
      {examples.map((example, index) => (
        <Example key={`${example.decisionId ?? 'made-up'}-${index}`} example={example} />
      ))}
    </ul>
  );
}

/** Whether a text lets more through than the version it was compared with, and the calls that show it. */
export function WideningView({ widening }: { widening: PolicyWidening }) {
  const narrower = widening.verdict === 'narrower';
  const words = verdictWords(widening.verdict);
  const Icon = narrower ? ShieldCheck : TriangleAlert;
  return (
    <div className="flex flex-col gap-2">
      <p className={narrower ? 'flex gap-2' : 'flex gap-2 text-sev-3'}>
        <Icon aria-hidden size={16} className="mt-0.5 shrink-0" />
        <span>
          <span className="font-semibold">{words.title}.</span> {words.text}
        </span>
      </p>
      {widening.notCompared.length > 0 ? (
        <p className="text-dense text-ink-2">
          {rich('Facts that cannot all be tried: {facts}', {
            facts: <code className="font-mono">{widening.notCompared.join(', ')}</code>,
          })}
        </p>
      ) : null}
      <Examples examples={widening.examples} />
      <p className="text-xs text-ink-2">
        {widening.compared > 0
          ? counted(widening.compared, '{count} call was compared.', '{count} calls were compared.')
          : t('The rules themselves show it; no call had to be tried.')}
      </p>
    </div>
  );
}
