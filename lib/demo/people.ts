/** The people of the demo workspace. None has a password, so nobody can sign in as them. */
import type { PersonRole } from '@/lib/contracts';

export interface DemoPerson {
  readonly name: string;
  readonly email: string;
  readonly role: PersonRole;
}

export const PEOPLE = {
  ines: { name: 'Ines Duarte', email: 'ines.duarte@fleet.example', role: 'reviewer' },
  tom: { name: 'Tom Becker', email: 'tom.becker@fleet.example', role: 'reviewer' },
  priya: { name: 'Priya Raman', email: 'priya.raman@fleet.example', role: 'reviewer' },
  mei: { name: 'Mei Tanaka', email: 'mei.tanaka@fleet.example', role: 'analyst' },
  amara: { name: 'Amara Okafor', email: 'amara.okafor@fleet.example', role: 'manager' },
  lukas: { name: 'Lukas Weber', email: 'lukas.weber@fleet.example', role: 'manager' },
} as const satisfies Record<string, DemoPerson>;

export type PersonKey = keyof typeof PEOPLE;
/** Who gives verdicts; of these, an agent's owner never decides for it. */
export const REVIEWERS = ['ines', 'tom', 'priya'] as const satisfies readonly PersonKey[];
