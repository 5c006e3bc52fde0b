'use client';

import { Select } from '@/components/ui/field';

/** A choice among roles. */
export function RoleSelect<Role extends string>({
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
          {role}
        </option>
      ))}
    </Select>
  );
}
