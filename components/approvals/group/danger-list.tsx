import { TriangleAlert } from 'lucide-react';

/** Why a value must not be overlooked, beside it. */
export function DangerList({ why }: { why: readonly string[] | undefined }) {
  if (why === undefined) return null;
  return why.map((sentence) => (
    <span key={sentence} className="flex items-start gap-1 text-xs font-medium text-sev-2">
      <TriangleAlert aria-hidden size={12} className="mt-0.5 shrink-0" />
      {sentence}
    </span>
  ));
}
