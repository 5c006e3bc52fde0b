'use client';

import { Dialog } from '@/components/ui/dialog';
import { Checkbox } from '@/components/ui/field';
import { Kbd } from '@/components/ui/kbd';
import { useShortcutsEnabled } from './shortcut-preference';
import { SHORTCUT_HELP } from './shortcuts';

/** All keys of the page, and the switch that turns them off. */
export function HelpSheet({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const [enabled, setEnabled] = useShortcutsEnabled();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Keyboard"
      description="Keys never fire while you type, and a held key never decides anything."
    >
      <dl className="grid grid-cols-[max-content_1fr] items-center gap-x-4 gap-y-2 text-dense">
        {SHORTCUT_HELP.map(({ keys, does }) => (
          <div key={does} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Checkbox
        className="mt-4 border-t border-line pt-4"
        label="Single-key shortcuts on this page (arrow keys, Tab and Enter always work)"
        checked={enabled}
        onChange={(event) => setEnabled(event.target.checked)}
      />
    </Dialog>
  );
}
