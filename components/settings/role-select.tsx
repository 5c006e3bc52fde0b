'use client';

import { Select } from '@/components/ui/field';
import { ROLE_NAMES } from '@/components/ui/role-words';
import type { KeyRole } from '@/lib/contracts';

/** A choice among roles. */
export function RoleSelect<Role extends KeyRole>({
  roles,
  value,
  onChange,
  disabled,
}: {
  roles: readonly Role[];
  value: Role;
  onChange: (role: Role) => void;
  disabled?: boolean;
}) {
  return (
    <Select
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value as Role)}
    >
      {roles.map((role) => (
        <option key={role} value={role}>
          {ROLE_NAMES[role]}
        </option>
      ))}
    </Select>
  );
}
