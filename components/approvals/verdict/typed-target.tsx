import { Field, Input } from '@/components/ui/field';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { Approval } from '@/lib/contracts';
import { rich } from '@/lib/client/language';

/** The name of what a critical call reaches, typed once more before it can be approved. */
export function TypedTarget({
  resource,
  typed,
  onType,
}: {
  resource: Approval['resource'];
  typed: string;
  onType: (typed: string) => void;
}) {
  return (
    <Field
      label={
        <>
          {rich('Critical risk: type {target} to say that this is what you mean', {
            target: <UntrustedText text={resource.id} mono className="font-semibold select-none" />,
          })}
        </>
      }
    >
      <Input
        data-typed-target
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        className="max-w-md font-mono"
        value={typed}
        onChange={(event) => onType(event.target.value)}
      />
    </Field>
  );
}
