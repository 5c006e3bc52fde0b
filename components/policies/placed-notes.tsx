import type { PlacedNote } from './draft';
import { t } from '@/lib/client/language';

/** Problems or findings with their place; pressing one goes there. */
export function PlacedNotes({
  id,
  title,
  notes,
  tone,
  onGo,
}: {
  id?: string;
  title: string;
  notes: readonly PlacedNote[];
  tone: 'error' | 'warning';
  onGo: (note: PlacedNote) => void;
}) {
  if (notes.length === 0) return null;
  const look = tone === 'error' ? 'bg-sev-1-soft text-sev-1' : 'bg-sev-3-soft text-sev-3';
  return (
    <div id={id} role={tone === 'error' ? 'alert' : 'status'} className={`rounded-md p-3 ${look}`}>
      <p className="text-dense font-semibold">{title}</p>
      <ul className="mt-1 flex flex-col gap-1 text-dense">
        {notes.map((note) => (
          <li
            key={`${note.line}:${note.column}:${note.message}`}
            className="flex flex-wrap gap-x-2"
          >
            <button
              type="button"
              className="min-h-6 shrink-0 font-mono underline underline-offset-2"
              onClick={() => onGo(note)}
            >
              {t('line {line}, column {column}', { line: note.line, column: note.column })}
            </button>
            <span className="min-w-0 pt-0.5 wrap-anywhere">{note.message}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
