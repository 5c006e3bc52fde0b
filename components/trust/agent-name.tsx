import type { Trust } from '@/lib/contracts';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { TrustGlyph } from './trust-glyph';

/** An agent wherever it is named: the glyph, then the name as the untrusted text it is. */
export function AgentName({ name, trust }: { name: string; trust: Trust }) {
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-2">
      <TrustGlyph trust={trust} size={20} />
      <UntrustedText text={name} className="truncate font-medium" />
    </span>
  );
}
