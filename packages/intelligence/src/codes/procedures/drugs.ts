/**
 * Drugs given by a clinician. HCPCS level II is published by CMS; the wording is ours.
 *
 * The first days of biosimilars are from memory of CMS quarterly updates and were not verified; uncertain ones
 * are left out.
 */
export const drugs = `
J0129 abatacept
J0135 adalimumab @..2024-12-31
J0139 adalimumab @2025-01-01
J0585 onabotulinumtoxinA
J0586 abobotulinumtoxinA
J0587 rimabotulinumtoxinB
J0588 incobotulinumtoxinA
J0717 certolizumab pegol
J1010 methylprednisolone acetate, 1 mg @2024-04-01
J1020 methylprednisolone acetate, 20 mg @..2024-03-31
J1030 methylprednisolone acetate, 40 mg @..2024-03-31
J1040 methylprednisolone acetate, 80 mg @..2024-03-31
J1100 dexamethasone
J1438 etanercept
J1602 golimumab, intravenous
J1745 infliximab
J2357 omalizumab
J3262 tocilizumab
J3301 triamcinolone acetonide
J3357 ustekinumab, subcutaneous
J3358 ustekinumab, intravenous
J7318 hyaluronan Durolane @2019-01-01
J7320 hyaluronan GenVisc 850
J7321 hyaluronan Hyalgan, Supartz or Visco-3
J7322 hyaluronan Hymovis
J7323 hyaluronan Euflexxa
J7324 hyaluronan Orthovisc
J7325 hyaluronan Synvisc
J7326 hyaluronan Gel-One
J7327 hyaluronan Monovisc
J7328 hyaluronan Gelsyn-3
J7329 hyaluronan TriVisc @2019-01-01
J7331 hyaluronan Synojoynt @2019-10-01
J7332 hyaluronan Triluron @2019-10-01
Q5103 infliximab biosimilar Inflectra
Q5104 infliximab biosimilar Renflexis
Q5121 infliximab biosimilar Avsola
`
