import { ShieldCheck, TriangleAlert } from 'lucide-react';
import type { PolicyExample, PolicyWidening } from '@/lib/contracts';
import { numberText } from '@/components/ui/number-text';
import { OutcomeMark } from '@/components/ui/outcome-mark';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { callWords, verdictWords } from './draft';

function Example({ example }: { example: PolicyExample }) {
  const tool = example.call.tool?.name;
  return (
    <li className="flex flex-col gap-0.5 px-3 py-2">
      <p className="flex flex-wrap items-center gap-x-2">
        <OutcomeMark outcome={example.before} settled />
        <span aria-hidden>→</span>
        <span className="sr-only">becomes</span>
        <OutcomeMark outcome={example.after} settled className="font-medium text-ink" />
      </p>
      <p className="text-dense text-ink-2">
        {example.agentName === undefined ? (
          'A made-up call'
        ) : (
          <>
            A call of <UntrustedText text={example.agentName} />
          </>
        )}
        {tool === undefined || tool === 'tool' ? null : (
          <>
            {' '}
            to <UntrustedText text={tool} mono />
          </>
        )}
        : {callWords(example)}
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
          Facts that cannot all be tried:{' '}
          <code className="font-mono">{widening.notCompared.join(', ')}</code>
        </p>
      ) : null}
      <Examples examples={widening.examples} />
      <p className="text-xs text-ink-2">
        {widening.compared > 0
          ? `${numberText(widening.compared)} calls were compared.`
          : 'The rules themselves show it; no call had to be tried.'}
      </p>
    </div>
  );
}
