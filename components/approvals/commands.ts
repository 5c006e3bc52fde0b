import type { Command } from './shortcuts';
import type { useDecide } from './use-decide';
import type { useUndo } from './undo/use-undo';
import type { useMoves } from './use-moves';

export interface CommandTargets {
  moves: ReturnType<typeof useMoves>;
  decide: ReturnType<typeof useDecide>;
  undo: ReturnType<typeof useUndo>;
  /** Opens the calls like the open one, to decide them together. */
  together: () => void;
  help: () => void;
  search: () => void;
}

/** What each command of the keyboard does. */
export function runCommand(
  command: Command,
  { moves, decide, undo, together, help, search }: CommandTargets,
): void {
  const deeds: Readonly<Record<Command['type'], () => void>> = {
    next: () => moves.move(1),
    previous: () => moves.move(-1),
    open: moves.read,
    back: () => (undo.newest === undefined ? moves.back() : void undo.undo()),
    help,
    search,
    approve: () => decide.askFor('approve'),
    edit: () => decide.askFor('edit'),
    together,
    reject: () => decide.askFor('reject'),
    comment: () => decide.askFor('comment'),
    claim: decide.claim,
    assign: () => decide.askFor('assign'),
    snooze: () => decide.askFor('snooze'),
    ask: () => decide.askFor('ask'),
    group: moves.group,
    confirm: () => decide.confirm(),
    confirmDeliberate: () => decide.confirm(),
    cancel: () => decide.askFor('nothing'),
  };
  deeds[command.type]();
}
