'use client';

import { useMemo, type ComponentProps, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Drawer } from '@/components/ui/dialog';
import { InlineStatus } from '@/components/ui/inline-status';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { Approval, BulkVerdict } from '@/lib/contracts';
import { rich, t } from '@/lib/client/language';
import { GroupActions } from './group-actions';
import { dangersByPlace } from './group-dangers';
import { GroupLines } from './group-lines';
import { GroupResults } from './group-results';
import { groupTable } from './group-table';
import { SameValues } from './same-values';
import { useDeciding } from './use-deciding';
import type { ShownGroup } from './use-group';
import { sameId, useLinesSeen } from './use-lines-seen';

/** It is read from its start, and the focus is there. */
const BODY = 'flex flex-col gap-4 outline-none';

export interface GroupSheetProps {
  workspace: string;
  group: ShownGroup;
  onDecided: (calls: readonly Approval[], answer: BulkVerdict) => void;
  onClose: () => void;
  /** Below the results: taking them back, which the sheet would cover. */
  undoBar: ReactNode;
}

/** What like calls have in common, where they differ, and one verdict on those that stay ticked. */
export function GroupSheet({ workspace, group, ...on }: GroupSheetProps) {
  const { calls, tool, at } = group;
  const table = useMemo(() => groupTable(calls, at), [calls, at]);
  const dangers = useMemo(() => calls.map((call) => dangersByPlace(call, tool)), [calls, tool]);
  const { list, ...reading } = useLinesSeen();
  const shared = useMemo(() => table.same.map(({ path }) => sameId(path)), [table]);
  const deciding = useDeciding(workspace, { calls, shared }, reading, on.onDecided);
  const { answer, failure } = deciding;
  const [first] = calls;
  if (first === undefined) return null;
  return (
    <Drawer
      open
      onOpenChange={(open) => (open ? undefined : on.onClose())}
      width="lg"
      title={<Title approval={first} group={group} />}
      description={<Description />}
      footer={
        answer === null ? (
          <GroupActions
            deciding={deciding}
            facts={{ risk: first.risk, tool }}
            wouldNotRun={group.wouldNotRun}
          />
        ) : (
          <Button variant="primary" onClick={on.onClose}>
            {t('Close')}
          </Button>
        )
      }
    >
      {answer === null ? (
        <div ref={list} data-dialog-start tabIndex={-1} className={BODY}>
          {failure && <InlineStatus tone="error">{failure.text}</InlineStatus>}
          <SameValues table={table} dangers={dangers[0]} />
          <GroupLines
            table={table}
            dangers={dangers}
            refused={failure?.of}
            left={deciding.left}
            onToggle={deciding.toggle}
          />
        </div>
      ) : (
        <Results answer={answer} table={table} undoBar={on.undoBar} />
      )}
    </Drawer>
  );
}

/** What became of each, and taking it back. */
function Results({
  undoBar,
  ...results
}: ComponentProps<typeof GroupResults> & Pick<GroupSheetProps, 'undoBar'>) {
  return (
    <div className="flex flex-col gap-4">
      <GroupResults {...results} />
      <div className="overflow-hidden rounded-md border border-line empty:hidden">{undoBar}</div>
    </div>
  );
}

const Description = () =>
  t(
    'Each is decided by itself, with its own permit. Read what differs; leave out what does not belong.',
  );

/** More wait than one verdict takes: then it says how many these are. */
function Title({ approval, group: { calls, waiting } }: { approval: Approval; group: ShownGroup }) {
  const of = {
    count: calls.length,
    waiting,
    tool: <UntrustedText text={approval.action.name} mono />,
    agent: <UntrustedText text={approval.agent.name} />,
  };
  return calls.length < waiting
    ? rich('{count} of {waiting} × {tool} by {agent}', of)
    : rich('{count} × {tool} by {agent}', of);
}
