/** What the command palette offers on the approvals page: the commands of the keyboard that are allowed now, tabs and saved views. */
import { apiOf } from '@/lib/client/api';
import { t } from '@/lib/client/language';
import type { ApprovalDetail, QueueView } from '@/lib/contracts';
import { mayAsk, type Asking } from '../asking';
import { TAB_LABELS } from '../queue/tab-labels';
import { COMMAND_KEYS, keyOf, type Command } from '../shortcuts';
import { hasArguments } from '../use-decide';
import { NOT_NARROWED, TABS, type ViewParams } from '../view-params';
import { shownKeys, type OwnKeys } from './own-keys';
import { shortcutHelp } from './shortcut-help';

export interface OfferedCommand {
  readonly id: string;
  readonly words: string;
  readonly keys?: string;
  readonly run: () => void;
}

export interface CallCommandsInput {
  readonly workspace: string;
  readonly detail: ApprovalDetail | undefined;
  readonly mayComment: boolean;
  /** A verdict or other deed of this call is on its way. */
  readonly sending: boolean;
  readonly canMove: boolean;
  readonly canUndo: boolean;
  /** Like calls wait that may be decided with this one. */
  readonly canDecideTogether: boolean;
  readonly view: ViewParams;
  readonly own: OwnKeys;
  readonly run: (command: Command) => void;
  readonly setView: (patch: Partial<ViewParams>) => void;
}

type Allowed = (input: CallCommandsInput, now: number) => boolean;

const asks =
  (asking: Asking): Allowed =>
  ({ detail, mayComment, sending }, now) =>
    !sending && mayAsk(asking, detail, mayComment, now);
const moves: Allowed = ({ canMove }) => canMove;

/** Each command with the condition under which its key would do something. Confirming is no command: it answers a question. */
const ALLOWED: Partial<Readonly<Record<Command['type'], Allowed>>> = {
  next: moves,
  previous: moves,
  open: ({ detail }) => detail !== undefined,
  approve: asks('approve'),
  edit: (input, now) => hasArguments(input.detail) && asks('edit')(input, now),
  together: ({ canDecideTogether, sending }) => canDecideTogether && !sending,
  reject: asks('reject'),
  comment: asks('comment'),
  claim: asks('reject'),
  ask: asks('ask'),
  assign: asks('assign'),
  snooze: asks('snooze'),
  group: ({ detail }) => detail?.group != null,
  back: ({ canUndo }) => canUndo,
  search: () => true,
  help: () => true,
};

/** @param now milliseconds since the epoch: a call whose time is up allows nothing */
export function keyCommands(input: CallCommandsInput, now: number): OfferedCommand[] {
  return COMMAND_KEYS.flatMap((key) => {
    const type = typeOf(key);
    if (type === undefined || ALLOWED[type]?.(input, now) !== true) return [];
    const words = shortcutHelp().find(({ keys }) => keys[0] === key)?.does ?? type;
    return [{ id: type, words, keys: shownKeys(key, input.own), run: () => input.run({ type }) }];
  });
}

const TYPES = Object.keys(ALLOWED) as Command['type'][];
const typeOf = (key: string): Command['type'] | undefined =>
  TYPES.find((type) => keyOf(type) === key);

/** Everything the palette offers; without the saved views when they cannot be fetched. */
export async function callCommands(input: CallCommandsInput): Promise<OfferedCommand[]> {
  const { view, setView } = input;
  const tabs = TABS.filter((tab) => tab !== view.tab).map((tab) => ({
    id: `tab-${tab}`,
    words: t('Show the tab: {tab}', { tab: TAB_LABELS[tab] }),
    run: () => setView({ tab, item: null }),
  }));
  const saved = await savedViews(input.workspace);
  const views = saved.map(({ id, name, view: kept }) => ({
    id: `view-${id}`,
    words: t('Show my view: {name}', { name }),
    run: () => setView({ ...NOT_NARROWED, sort: null, ...kept, item: null }),
  }));
  return [...keyCommands(input, Date.now()), ...tabs, ...views];
}

async function savedViews(workspace: string): Promise<readonly QueueView[]> {
  const path = '/api/v1/queue-views';
  return apiOf(workspace)
    .get<{ items: QueueView[] }>(path)
    .then(
      ({ items }) => items,
      () => [],
    );
}
