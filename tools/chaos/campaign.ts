import type { Verdict } from './verify.ts'

export interface CampaignOptions {
  readonly seed: number
  /** How often a gateway is killed; what else dies beside comes on top. */
  readonly kills: number
}

export interface CampaignReport {
  readonly verdict: Verdict
  readonly kills: number
  readonly notes: string
  readonly log: string
}

/** One way for things to go wrong, played with real processes and judged from outside. */
export type Campaign = (options: CampaignOptions) => Promise<CampaignReport>
