'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { latePart } from '@/components/ui/late-part';
import { SplitPane } from '@/components/ui/split-pane';
import { useFirstSign } from '@/components/ui/use-first-sign';
import { describeError } from '@/lib/client/api-error';
import { useSession } from '@/lib/client/session';
import { rich, t } from '@/lib/client/language';
import { runCommand } from './commands';
import { DetailPane } from './detail/detail-pane';
import { fetchDetailParts } from './detail/late-sections';
import { fetchEnding } from './verdict/late-ending';
import { fetchFirstForms } from './verdict/verdict-bar';
import { fetchWorkItems } from './work/work-menu';
import type { ApprovalDetail } from '@/lib/contracts';
import { useGroup } from './group/use-group';
import { HelpSheet } from './help-sheet';
import { useCallCommands } from './keys/use-call-commands';
import { PauseBar } from './late-pause-bar';
import { QueuePane } from './queue/queue-pane';
import { approvalDetailOptions } from './queries';
import { useShortcutsEnabled } from './shortcut-preference';
import type { Command } from './shortcuts';
import { TroubleStrip } from './trouble-strip';
import { UndoBar, fetchUndoBar } from './undo/late-undo-bar';
import { useOffers } from './undo/use-offers';
import { useUndo } from './undo/use-undo';
import { useAnnouncer } from './use-announcer';
import { useClaimRenewal } from './use-claim-renewal';
import { useDecide } from './use-decide';
import { useFocusTargets } from './use-focus-targets';
import { useFreshCall } from './use-fresh-call';
import { useLook } from './use-look';
import { useMoves } from './use-moves';
import { useNewCallAnnouncements } from './use-new-call-announcements';
import { useOpenFirst } from './use-open-first';
import { usePrefetchNext } from './use-prefetch-next';
import { useQueue } from './use-queue';
import { useShortcuts } from './use-shortcuts';
import type { DeedState } from './deed-state';
import { useVerdicts } from './use-verdicts';
import { useView } from './use-view';
import { OwnKey } from './verdict/key-hint';
import type { ViewParams } from './view-params';
import { isWide } from './wide';

const [GroupSheet] = latePart(async () => (await import('./group/group-sheet')).GroupSheet, {
  loading: null,
  get what() {
    return t('The calls could not be shown together.');
  },
  box: 'fixed inset-x-4 bottom-4 z-50 mx-auto max-w-md rounded-lg border border-line bg-raised shadow-pop',
  giveUp: ({ onClose }) => onClose(),
});

/** The approvals page: the live queue and the open call beside it. */
export function ApprovalsConsole({ initialView }: { initialView: ViewParams }) {
  const page = useApprovalsPage(initialView);
  const { moves, undo } = page;
  const [helpOpen, setHelpOpen] = useState(false);
  const help = () => setHelpOpen(true);
  useCommands(page, help);
  return (
    <>
      <div className="flex h-full min-h-0 flex-col">
        <SplitPane
          name="approvals"
          className="flex-1"
          label={t('Width of the queue')}
          initial={36}
          min={26}
          max={56}
          secondaryOpen={page.view.item !== null}
          onBack={moves.back}
          backLabel={t('Queue')}
          primary={<Primary page={page} onHelp={help} />}
          secondary={<Secondary page={page} />}
        />
        {page.trouble === null ? null : (
          <TroubleStrip text={page.trouble} onDismiss={page.dismissTrouble} />
        )}
        {(undo.newest ?? undo.ended ?? undo.failure ?? null) === null ? null : (
          <UndoBar undo={undo} />
        )}
      </div>
      <Group page={page} />
      <HelpSheet open={helpOpen} onOpenChange={setHelpOpen} />
      {page.liveRegion}
    </>
  );
}

type Page = ReturnType<typeof useApprovalsPage>;

/** What the next keys and presses of a person will need. */
function fetchLateParts(): void {
  fetchFirstForms();
  fetchDetailParts();
  fetchEnding();
  fetchUndoBar();
  fetchWorkItems();
}

/** The commands of the page, by their keys and by name in the palette: both run the same. */
function useCommands({ moves, decide, refs, undo, group, ...page }: Page, help: () => void): void {
  const [enabled] = useShortcutsEnabled();
  const run = (command: Command) =>
    runCommand(command, {
      moves,
      decide,
      undo,
      together: () => void group.open(),
      help,
      search: refs.focusSearch,
    });
  useShortcuts({ mode: decide.mode, enabled, run });
  useCallCommands({
    workspace: page.workspace,
    detail: page.detail,
    sending: decide.state?.kind === 'sending',
    canMove: page.queue.rows.length > 1,
    canUndo: undo.newest !== undefined,
    canDecideTogether: group.count > 1,
    view: page.view,
    setView: page.setView,
    run,
  });
}

function Primary({ page, onHelp }: { page: Page; onHelp: () => void }) {
  const { moves, refs, verdicts } = page;
  const done = [...verdicts.states.values()].filter(({ kind }) => kind === 'done').length;
  return (
    <>
      <QueuePane
        workspace={page.workspace}
        view={page.view}
        queue={page.queue}
        cursorId={moves.cursorId}
        sendingIds={useSendingIds(page.verdicts.states)}
        listRef={refs.list}
        searchRef={refs.search}
        onChange={page.setView}
        onHelp={onHelp}
        onLeaveSearch={refs.focusList}
        onOpen={(id) => moves.open(id, !isWide())}
        onPointerInside={moves.pointer}
      />
      {/* Below the list: it must not move the row under the cursor. */}
      {done === 0 ? null : <PauseBar done={done} />}
    </>
  );
}

/** The calls like the open one, while somebody decides them together. */
function Group({ page: { workspace, group, undo, refs } }: { page: Page }) {
  if (group.shown === null) return null;
  const close = () => {
    group.close();
    refs.focusList();
  };
  const takeBack = async () => {
    await undo.undo();
    close();
  };
  return (
    <GroupSheet
      workspace={workspace}
      group={group.shown}
      onDecided={undo.givenTogether}
      onClose={close}
      undoBar={undo.newest === undefined ? null : <UndoBar undo={{ ...undo, undo: takeBack }} />}
    />
  );
}

function Secondary({ page }: { page: Page }) {
  const { moves, verdicts } = page;
  const openId = page.besideId;
  if (openId === null) return <NothingOpen canChoose={page.queue.rows.length > 0} />;
  return (
    <DetailPane
      key={openId}
      workspace={page.workspace}
      id={openId}
      bodyRef={page.refs.body}
      viewerId={page.viewerId}
      decide={page.decide}
      group={page.group}
      onDismiss={() => verdicts.dismiss(openId)}
      onNext={moves.hasNext ? () => moves.move(1) : null}
    />
  );
}

function useApprovalsPage(initialView: ViewParams) {
  const { workspace, person } = useSession();
  const slug = workspace.slug;
  const [view, setView] = useView(initialView);
  const { announce, region } = useAnnouncer();
  const refs = useFocusTargets();
  const openId = view.item;
  const { detail, at } = useOpenDetail(slug, openId);
  const { onFailure, ...failing } = useTrouble();
  const offers = useOffers();
  const queue = useQueue(slug, view, { approval: detail, at }, { onFailure, onHeard: offers.hear });
  const moves = useMoves({ openId, setView, queue, refs });
  const undoing = { workspace: slug, viewerId: person.id, offers, announce };
  const undo = useUndoHere(undoing, queue, moves);
  const group = useGroup(slug, view, detail, onFailure);
  const verdicts = useVerdicts({
    workspace: slug,
    viewerId: person.id,
    announce,
    onGiven: undo.given,
  });
  const decide = useDecide({ openId, detail, viewerId: person.id, verdicts, refs });
  useOpenCall(slug, detail, person.id);
  useFirstSign(fetchLateParts);
  useNewCallAnnouncements(queue.rows, announce);
  usePrefetchNext(slug, queue.rows, openId);
  const { rows, loaded } = queue;
  const besideId = useOpenFirst({ view, rows, loaded, open: moves.open });
  return {
    workspace: slug,
    viewerId: person.id,
    besideId,
    detail,
    view,
    setView,
    queue,
    moves,
    decide,
    refs,
    verdicts,
    undo,
    group,
    ...failing,
    liveRegion: region,
  };
}

/** The open call as the page knows it, and since when, in milliseconds since the epoch. */
function useOpenDetail(slug: string, openId: string | null) {
  const { data: detail, dataUpdatedAt: at } = useQuery({
    ...approvalDetailOptions(slug, openId ?? ''),
    enabled: openId !== null,
  });
  return { detail, at };
}

/** Why something that was asked for did not happen, until it is dismissed. */
function useTrouble() {
  const [trouble, setTrouble] = useState<string | null>(null);
  return {
    trouble,
    onFailure: (error: unknown): void => setTrouble(describeError(error).detail),
    dismissTrouble: () => setTrouble(null),
  };
}

/** What is taken back is shown again. */
function useUndoHere(
  input: Omit<Parameters<typeof useUndo>[0], 'onUndone'>,
  queue: ReturnType<typeof useQueue>,
  moves: ReturnType<typeof useMoves>,
) {
  return useUndo({
    ...input,
    onUndone: (id) => {
      queue.restore();
      moves.open(id);
    },
  });
}

/** What goes on while a call is open: a claim is renewed, the time in sight counted, the score kept fresh. */
function useOpenCall(slug: string, detail: ApprovalDetail | undefined, viewerId: string): void {
  useClaimRenewal(slug, detail, viewerId);
  useLook(slug, detail);
  useFreshCall(slug, detail);
}

function useSendingIds(states: ReadonlyMap<string, DeedState>): ReadonlySet<string> {
  return useMemo(
    () => new Set([...states].flatMap(([id, { kind }]) => (kind === 'sending' ? [id] : []))),
    [states],
  );
}

function NothingOpen({ canChoose }: { canChoose: boolean }) {
  return (
    <div className="hidden flex-1 items-center justify-center bg-canvas p-8 text-center text-ink-2 md:flex">
      {canChoose ? (
        <p>
          {rich('Choose a call to read it. {j} and {k} move, {help} lists all keys.', {
            j: <OwnKey>j</OwnKey>,
            k: <OwnKey>k</OwnKey>,
            help: <OwnKey>?</OwnKey>,
          })}
        </p>
      ) : null}
    </div>
  );
}
