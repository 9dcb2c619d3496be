/**
 * Diseases that biologics treat. Read in the CDC order file of FY2026: M06.1-M06.9; M05.A in a list of that
 * year's new codes. The rest, and the other first days (M45.A FY2022, Z79.6x FY2023, the `A` sites of M05 and
 * M06 FY2021), are from memory of the yearly addenda.
 */
export const immune = `
D86 sarcoidosis
D86.0 sarcoidosis of the lung
D86.1 sarcoidosis of lymph nodes
D86.2 sarcoidosis of the lung with lymph nodes
D86.3 sarcoidosis of the skin
D86.8+ sarcoidosis of other sites
D86.9 sarcoidosis, unspecified
K50 Crohn disease
K50.0<bowel> Crohn disease of the small intestine
K50.1<bowel> Crohn disease of the large intestine
K50.8<bowel> Crohn disease of both intestines
K50.9<bowel> Crohn disease, unspecified
K51 ulcerative colitis
K51.0<bowel> ulcerative pancolitis
K51.2<bowel> ulcerative proctitis
K51.3<bowel> ulcerative rectosigmoiditis
K51.4<bowel> inflammatory polyps of the colon
K51.5<bowel> left-sided colitis
K51.8<bowel> other ulcerative colitis
K51.9<bowel> ulcerative colitis, unspecified
L20 atopic dermatitis
L20.0 Besnier prurigo
L20.8 other atopic dermatitis
L20.81 atopic neurodermatitis
L20.82 flexural eczema
L20.83 infantile eczema
L20.84 intrinsic eczema
L20.89 other atopic dermatitis, specified
L20.9 atopic dermatitis, unspecified
L40 psoriasis
L40.0 plaque psoriasis
L40.1 generalized pustular psoriasis
L40.2 acrodermatitis continua
L40.3 palmoplantar pustulosis
L40.4 guttate psoriasis
L40.5 psoriatic arthropathy
L40.50 psoriatic arthropathy, unspecified
L40.51 distal interphalangeal psoriatic arthropathy
L40.52 psoriatic arthritis mutilans
L40.53 psoriatic spondylitis
L40.54 psoriatic juvenile arthropathy
L40.59 other psoriatic arthropathy
L40.8 other psoriasis
L40.9 psoriasis, unspecified
L73.2 hidradenitis suppurativa
M05 rheumatoid arthritis with rheumatoid factor
M05.0<joints> Felty syndrome
M05.1<joints> rheumatoid lung disease
M05.2<joints> rheumatoid vasculitis
M05.3<joints> rheumatoid heart disease
M05.4<joints> rheumatoid myopathy
M05.5<joints> rheumatoid polyneuropathy
M05.6<joints> rheumatoid arthritis with other organs involved
M05.7<joints> rheumatoid arthritis with rheumatoid factor without organ involvement
M05.7A rheumatoid arthritis with rheumatoid factor without organ involvement, other site @2020-10-01
M05.8<joints> other rheumatoid arthritis with rheumatoid factor
M05.8A other rheumatoid arthritis with rheumatoid factor, other site @2020-10-01
M05.9 rheumatoid arthritis with rheumatoid factor, unspecified
M05.A rheumatoid arthritis with abnormal rheumatoid factor and citrullinated antibody @2025-10-01
M06 other rheumatoid arthritis
M06.0<jointsAndSpine> rheumatoid arthritis without rheumatoid factor
M06.0A rheumatoid arthritis without rheumatoid factor, other site @2020-10-01
M06.1 adult-onset Still disease
M06.2<jointsAndSpine> rheumatoid bursitis
M06.3<jointsAndSpine> rheumatoid nodule
M06.4 inflammatory polyarthropathy
M06.8<jointsAndSpine> other rheumatoid arthritis
M06.8A other rheumatoid arthritis, other site @2020-10-01
M06.9 rheumatoid arthritis, unspecified
M45 ankylosing spondylitis
M45.0 ankylosing spondylitis, multiple sites
M45.1 ankylosing spondylitis, occipito-atlanto-axial
M45.2 ankylosing spondylitis, cervical
M45.3 ankylosing spondylitis, cervicothoracic
M45.4 ankylosing spondylitis, thoracic
M45.5 ankylosing spondylitis, thoracolumbar
M45.6 ankylosing spondylitis, lumbar
M45.7 ankylosing spondylitis, lumbosacral
M45.8 ankylosing spondylitis, sacral
M45.9 ankylosing spondylitis, unspecified
M45.A<spine8> non-radiographic axial spondyloarthritis, * @2021-10-01
M45.AB non-radiographic axial spondyloarthritis, multiple sites @2021-10-01
Z79 long-term drug therapy
Z79.1 long-term use of nonsteroidal anti-inflammatories
Z79.5 long-term use of steroids
Z79.51 long-term use of inhaled steroids
Z79.52 long-term use of systemic steroids
Z79.6 long-term use of immune drugs @2022-10-01
Z79.60 long-term use of an unspecified immune drug @2022-10-01
Z79.61 long-term use of an immunomodulator @2022-10-01
Z79.62 long-term use of an immunosuppressant @2022-10-01
Z79.620 long-term use of an immunosuppressive biologic @2022-10-01
Z79.621 long-term use of a calcineurin inhibitor @2022-10-01
Z79.622 long-term use of a Janus kinase inhibitor @2022-10-01
Z79.623 long-term use of an mTOR inhibitor @2022-10-01
Z79.624 long-term use of an inhibitor of nucleotide synthesis @2022-10-01
Z79.8 other long-term drug therapy
Z79.89 other long-term drug therapy, specified
Z79.891 long-term use of opioids
Z79.899 other long-term drug therapy, not elsewhere classified
`
