import { lazyPart } from '../ui/lazy-part.tsx'
import { Skeleton } from '../ui/notice.tsx'

/** The person's own account, with its own script. */
export const AccountPart = lazyPart(
  async () => (await import('./account/account-page.tsx')).AccountPage,
  <Skeleton rows={6} />,
)
