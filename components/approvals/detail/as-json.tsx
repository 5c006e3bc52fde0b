'use client';

import { useMemo } from 'react';
import { CodeView } from '@/components/ui/code-view';
import type { ApprovalDetail } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import type { ArgumentOrigin, ArgumentRow } from '../argument-rows';
import { Shown } from '../arguments-shown';
import { OriginMark } from './origin-mark';

/** The arguments, and what the agent says of the resource, as the texts they are. */
export function AsJson({
  approval: { id, action, resource },
  rows,
}: {
  approval: ApprovalDetail;
  rows: readonly ArgumentRow[];
}) {
  const origins = useMemo(() => new Map(rows.map((row) => [row.path, row.origin])), [rows]);
  const marked = (from: string) =>
    function Mark(path: string) {
      return <JsonOrigin origin={origins.get(`${from}${path}`) ?? null} />;
    };
  return (
    <>
      <Shown id={id} />
      <CodeView
        label={t('Arguments as JSON')}
        value={action.properties.arguments}
        annotate={marked('')}
        className="rounded-none border-0"
      />
      {resource.properties === undefined ? null : (
        <CodeView
          label={t('Properties of the resource as JSON')}
          value={resource.properties}
          annotate={marked('resource/properties')}
          className="rounded-none border-0 border-t border-line"
        />
      )}
    </>
  );
}

function JsonOrigin({ origin }: { origin: ArgumentOrigin | null }) {
  return origin === null ? null : <OriginMark origin={origin} />;
}
