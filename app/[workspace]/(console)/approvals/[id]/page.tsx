import { notFound, redirect } from 'next/navigation';
import { formatViewParams, parseViewParams } from '@/components/approvals';

interface Props {
  params: Promise<{ workspace: string; id: string }>;
}

/** The address an approval is linked by: opens it beside the queue. */
export default async function ApprovalPage({ params }: Props) {
  const { workspace, id } = await params;
  const view = parseViewParams(new URLSearchParams({ item: id }));
  if (view.item === null) notFound();
  redirect(`/${encodeURIComponent(workspace)}/approvals${formatViewParams(view)}`);
}
