import { resetPassword } from '@/lib/services/people/reset-password';
import { withDatabase } from './database';

/** `belay person reset-password`: prints the one-time password and nothing else. */
export async function resetPasswordCommand(email: string): Promise<void> {
  console.log(await withDatabase(() => resetPassword(email, new Date())));
}
