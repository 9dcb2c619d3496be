/**
 * Back and spine. Read in the CDC/NCHS order file of FY2026: M47.2-M48.0 and M50.3-M54.9. From memory of the tabular list: the rest. First
 * days, from memory of the yearly addenda: M54.50-.59 FY2022, M48.061/.062 FY2018, M50.x2x FY2017, M51.A FY2023, M51.360-.379 FY2025.
 */
export const spine = `
M43 other deforming dorsopathies
M43.0<spine> spondylolysis, * spine
M43.1<spine> spondylolisthesis, * spine
M43.2<spine8> fusion of * spine
M43.3 recurrent atlantoaxial dislocation with myelopathy
M43.4 other recurrent atlantoaxial dislocation
M43.5 other recurrent vertebral dislocation
M43.5X other recurrent vertebral dislocation
M43.5X2 other recurrent vertebral dislocation, cervical
M43.5X3 other recurrent vertebral dislocation, cervicothoracic
M43.5X4 other recurrent vertebral dislocation, thoracic
M43.5X5 other recurrent vertebral dislocation, thoracolumbar
M43.5X6 other recurrent vertebral dislocation, lumbar
M43.5X7 other recurrent vertebral dislocation, lumbosacral
M43.5X8 other recurrent vertebral dislocation, sacral
M43.5X9 other recurrent vertebral dislocation, unspecified
M43.6 torticollis
M43.8 other specified deforming dorsopathies
M43.8X other specified deforming dorsopathies
M43.8X1 other deforming dorsopathy, occipito-atlanto-axial
M43.8X2 other deforming dorsopathy, cervical
M43.8X3 other deforming dorsopathy, cervicothoracic
M43.8X4 other deforming dorsopathy, thoracic
M43.8X5 other deforming dorsopathy, thoracolumbar
M43.8X6 other deforming dorsopathy, lumbar
M43.8X7 other deforming dorsopathy, lumbosacral
M43.8X8 other deforming dorsopathy, sacral
M43.8X9 other deforming dorsopathy, unspecified
M43.9 deforming dorsopathy, unspecified
M46 other inflammatory spondylopathies
M46.0<spine> spinal enthesopathy, *
M46.1 sacroiliitis
M46.2<spine8> osteomyelitis of * vertebra
M46.3<spine> infection of * disc
M46.4<spine> discitis, *
M46.5<spine> other infective spondylopathy, *
M46.8<spine> other inflammatory spondylopathy, *
M46.9<spine> inflammatory spondylopathy, *
M47 spondylosis
M47.1 other spondylosis with myelopathy
M47.10 spondylosis with myelopathy, unspecified
M47.11 spondylosis with myelopathy, occipito-atlanto-axial
M47.12 spondylosis with myelopathy, cervical
M47.13 spondylosis with myelopathy, cervicothoracic
M47.14 spondylosis with myelopathy, thoracic
M47.15 spondylosis with myelopathy, thoracolumbar
M47.16 spondylosis with myelopathy, lumbar
M47.2<spine8> spondylosis with radiculopathy, *
M47.8 other spondylosis
M47.81<spine1to8> spondylosis without myelopathy or radiculopathy, *
M47.819 spondylosis without myelopathy or radiculopathy, unspecified
M47.89<spine1to8> other spondylosis, *
M47.899 other spondylosis, site unspecified
M47.9 spondylosis, unspecified
M48 other spondylopathies
M48.0<spine8> spinal stenosis, *
M48.061 spinal stenosis, lumbar, without neurogenic claudication @2017-10-01
M48.062 spinal stenosis, lumbar, with neurogenic claudication @2017-10-01
M50 cervical disc disorders
M50.0 cervical disc disorder with myelopathy
M50.00 cervical disc disorder with myelopathy, level unspecified
M50.01 cervical disc disorder with myelopathy, high cervical
M50.02<midCervical@2016-10-01> cervical disc disorder with myelopathy, *
M50.03 cervical disc disorder with myelopathy, cervicothoracic
M50.1 cervical disc disorder with radiculopathy
M50.10 cervical disc disorder with radiculopathy, level unspecified
M50.11 cervical disc disorder with radiculopathy, high cervical
M50.12<midCervical@2016-10-01> cervical disc disorder with radiculopathy, *
M50.13 cervical disc disorder with radiculopathy, cervicothoracic
M50.2 other cervical disc displacement
M50.20 other cervical disc displacement, level unspecified
M50.21 other cervical disc displacement, high cervical
M50.22<midCervical@2016-10-01> other cervical disc displacement, *
M50.23 other cervical disc displacement, cervicothoracic
M50.3 other cervical disc degeneration
M50.30 other cervical disc degeneration, level unspecified
M50.31 other cervical disc degeneration, high cervical
M50.32<midCervical@2016-10-01> other cervical disc degeneration, *
M50.33 other cervical disc degeneration, cervicothoracic
M50.8 other cervical disc disorder
M50.80 other cervical disc disorder, level unspecified
M50.81 other cervical disc disorder, high cervical
M50.82<midCervical@2016-10-01> other cervical disc disorder, *
M50.83 other cervical disc disorder, cervicothoracic
M50.9 cervical disc disorder, type unspecified
M50.90 cervical disc disorder, type unspecified, level unspecified
M50.91 cervical disc disorder, type unspecified, high cervical
M50.92<midCervical@2016-10-01> cervical disc disorder, type unspecified, *
M50.93 cervical disc disorder, type unspecified, cervicothoracic
M51 thoracic, thoracolumbar and lumbosacral disc disorders
M51.0 disc disorders with myelopathy
M51.04 disc disorder with myelopathy, thoracic
M51.05 disc disorder with myelopathy, thoracolumbar
M51.06 disc disorder with myelopathy, lumbar
M51.1<discs> disc disorder with radiculopathy, *
M51.2<discs> other disc displacement, *
M51.3<discs> other disc degeneration, *
M51.360 lumbar disc degeneration with discogenic back pain only @2024-10-01
M51.361 lumbar disc degeneration with leg pain only @2024-10-01
M51.362 lumbar disc degeneration with discogenic back pain and leg pain @2024-10-01
M51.369 lumbar disc degeneration without mention of back or leg pain @2024-10-01
M51.370 lumbosacral disc degeneration with discogenic back pain only @2024-10-01
M51.371 lumbosacral disc degeneration with leg pain only @2024-10-01
M51.372 lumbosacral disc degeneration with discogenic back pain and leg pain @2024-10-01
M51.379 lumbosacral disc degeneration without mention of back or leg pain @2024-10-01
M51.4<discs> Schmorl nodes, *
M51.8<discs> other disc disorder, *
M51.9 thoracic, thoracolumbar or lumbosacral disc disorder, unspecified
M51.A annulus fibrosus defect @2022-10-01
M51.A0 lumbar annulus fibrosus defect, size unspecified @2022-10-01
M51.A1 lumbar annulus fibrosus defect, small @2022-10-01
M51.A2 lumbar annulus fibrosus defect, large @2022-10-01
M51.A3 lumbosacral annulus fibrosus defect, size unspecified @2022-10-01
M51.A4 lumbosacral annulus fibrosus defect, small @2022-10-01
M51.A5 lumbosacral annulus fibrosus defect, large @2022-10-01
M54 back pain
M54.0<spine> panniculitis affecting the back, *
M54.1<spine8> radiculopathy, *
M54.2 neck pain
M54.3<RL0> sciatica, * side
M54.4<RL0> low back pain with sciatica, * side
M54.5 low back pain
M54.50 low back pain, unspecified @2021-10-01
M54.51 vertebrogenic low back pain @2021-10-01
M54.59 other low back pain @2021-10-01
M54.6 thoracic spine pain
M54.8 other back pain
M54.81 occipital neuralgia
M54.89 other back pain, not elsewhere classified
M54.9 back pain, unspecified
M96.1 postlaminectomy syndrome
M99.0<somatic> segmental and somatic dysfunction, *
M99.1<somatic> subluxation complex, *
M99.2<somatic> subluxation stenosis of the neural canal, *
M99.3<somatic> bony stenosis of the neural canal, *
M99.4<somatic> connective tissue stenosis of the neural canal, *
M99.5<somatic> disc stenosis of the neural canal, *
M99.6<somatic> bony and subluxation stenosis of the foramina, *
M99.7<somatic> connective tissue and disc stenosis of the foramina, *
S32.00<vertebralFracture>:ABDGKS * fracture of an unspecified lumbar vertebra
S32.01<vertebralFracture>:ABDGKS * fracture of the first lumbar vertebra
S32.02<vertebralFracture>:ABDGKS * fracture of the second lumbar vertebra
S32.03<vertebralFracture>:ABDGKS * fracture of the third lumbar vertebra
S32.04<vertebralFracture>:ABDGKS * fracture of the fourth lumbar vertebra
S32.05<vertebralFracture>:ABDGKS * fracture of the fifth lumbar vertebra
S32.0 fracture of a lumbar vertebra
S33.5:ADS sprain of the ligaments of the lumbar spine
S33.6:ADS sprain of the sacroiliac joint
S39.012:ADS strain of a muscle or tendon of the lower back
`
