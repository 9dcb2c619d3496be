import { lazyPart } from '../ui/lazy-part.tsx'
import { Skeleton } from '../ui/notice.tsx'

/** One's own account, with a script of its own. */
export const AccountPart = lazyPart(
  async () => (await import('./account/account-page.tsx')).AccountPage,
  <Skeleton rows={6} />,
)
