import { redirect } from 'next/navigation';
import { NoWorkspace } from '@/components/sign-in/no-workspace';
import { homeWorkspace, requireCurrentLogin } from '@/lib/auth/console-session';

/** "/" is the overview of the workspace the person used last. */
export default async function HomePage() {
  const login = await requireCurrentLogin();
  const slug = homeWorkspace(login);
  if (slug) redirect(`/${slug}/overview`);
  return <NoWorkspace email={login.email} />;
}
