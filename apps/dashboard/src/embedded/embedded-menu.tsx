import { Menu } from '@base-ui/react/menu'
import { AppWindow } from 'lucide-react'
import { useEffect } from 'react'
import { menuItem, menuPopup } from '../ui/menu.ts'
import { useMedia } from '../ui/use-media.ts'
import type { EhrFrame, EhrMethod } from './ehr-messages.ts'
import { ehrLink } from './this-window.ts'
import { useEhr, useEhrAct, waitWords } from './use-ehr-link.ts'

/** While an EHR shows the page in its frame: a menu to ask the EHR for more space. */
export function EmbeddedMenu({ frame }: { frame: EhrFrame }) {
  useEffect(() => ehrLink.start(frame), [frame])
  const { canSend } = useEhr()
  // As `desk:` in styles.css: three panes fit side by side.
  const isWide = useMedia('(width >= 900px)')
  if (!canSend) return null
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label="Space in the EHR"
        title="Space in the EHR"
        className="rounded-lg p-2 text-soft hover:bg-quiet-soft hover:text-ink"
      >
        <AppWindow aria-hidden className="size-4" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} className="z-30">
          <Menu.Popup className={menuPopup}>
            {!isWide && <Act method="appResize">Make wider</Act>}
            <Act method="appPopout">Open in its own window</Act>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

function Act({ method, children }: { method: EhrMethod; children: string }) {
  const { act, waitSeconds } = useEhrAct(method)
  return (
    <Menu.Item disabled={waitSeconds > 0} closeOnClick={false} onClick={act} className={menuItem}>
      {children}
      {waitSeconds > 0 && <span className="text-soft">{waitWords(waitSeconds)}</span>}
    </Menu.Item>
  )
}
