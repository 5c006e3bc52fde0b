import { CircleAlert, OctagonAlert, TriangleAlert } from 'lucide-react';
import { t } from '@/lib/client/language';
import { Badge } from './badge';

const LOOKS = {
  1: OctagonAlert,
  2: TriangleAlert,
  3: CircleAlert,
} as const;

/** Severity of an incident: number, shape and color together. 1 is the worst. */
export function SeverityMark({ severity }: { severity: number }) {
  const level = severity <= 1 ? 1 : severity === 2 ? 2 : 3;
  const Icon = LOOKS[level];
  return (
    <Badge
      tone={`severity-${level}`}
      icon={<Icon aria-hidden size={12} />}
      hint={t('1 is the worst of three severities')}
    >
      {level === 1 ? t('severity 1, the worst') : t('severity {level}', { level })}
    </Badge>
  );
}
