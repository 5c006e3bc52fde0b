import { CircleAlert, OctagonAlert, TriangleAlert } from 'lucide-react';
import { Badge } from './badge';

const LOOKS = {
  1: { icon: OctagonAlert, word: 'severity 1' },
  2: { icon: TriangleAlert, word: 'severity 2' },
  3: { icon: CircleAlert, word: 'severity 3' },
} as const;

/** Severity of an incident: number, shape and color together. 1 is the worst. */
export function SeverityMark({ severity }: { severity: number }) {
  const level = severity <= 1 ? 1 : severity === 2 ? 2 : 3;
  const { icon: Icon, word } = LOOKS[level];
  return (
    <Badge tone={`severity-${level}`} icon={<Icon aria-hidden size={12} />}>
      {word}
    </Badge>
  );
}
