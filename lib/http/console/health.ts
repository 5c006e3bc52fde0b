import { sql } from '@/lib/db';
import { anyone, handle } from '@/lib/http/handler';

/** Whether this process can decide: it asks the database. 503 when it cannot. */
export const getHealth = handle({ auth: anyone }, async () => {
  await sql('SELECT 1');
  return { status: 'ok' };
});
