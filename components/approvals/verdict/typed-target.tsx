import { Field, Input } from '@/components/ui/field';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { Approval } from '@/lib/contracts';

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
          Critical risk: type{' '}
          <UntrustedText text={resource.id} mono className="font-semibold select-none" /> to say
          that this is what you mean
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
