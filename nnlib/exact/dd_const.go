package exact

// Constants to 107 bits and more; consts_test.go checks them against math/big.
var (
	ddLn2         = dd{0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56}
	ddInvLn2      = dd{0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56}
	ddInvLn10     = dd{0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57}
	ddPi          = dd{0x1.921fb54442d18p+1, 0x1.1a62633145c07p-53}
	ddHalfPi      = dd{0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54}
	ddHalfLn2Pi   = dd{0x1.d67f1c864beb5p-1, -0x1.65b5a1b7ff5dfp-55}
	ddSqrtHalf    = dd{0x1.6a09e667f3bcdp-1, -0x1.bdd3413b26456p-55}
	ddTwoOverPi   = dd{0x1.45f306dc9c883p-1, -0x1.6b01ec5417056p-55}
	ddTwoOverRtPi = dd{0x1.20dd750429b6dp+0, 0x1.1ae3a914fed80p-56}
	ddInvRtPi     = dd{0x1.20dd750429b6dp-1, 0x1.1ae3a914fed80p-57}
	ddEuler       = dd{0x1.2788cfc6fb619p-1, -0x1.6cb90701fbfabp-58}
)

// invFact holds 1/n!, n = 0..33.
var invFact = [...]dd{
	{1, 0},
	{1, 0},
	{0x1.0000000000000p-1, 0x0.0p+0}, // 1/2!
	{0x1.5555555555555p-3, 0x1.5555555555555p-57},     // 1/3!
	{0x1.5555555555555p-5, 0x1.5555555555555p-59},     // 1/4!
	{0x1.1111111111111p-7, 0x1.1111111111111p-63},     // 1/5!
	{0x1.6c16c16c16c17p-10, -0x1.f49f49f49f49fp-65},   // 1/6!
	{0x1.a01a01a01a01ap-13, 0x1.a01a01a01a01ap-73},    // 1/7!
	{0x1.a01a01a01a01ap-16, 0x1.a01a01a01a01ap-76},    // 1/8!
	{0x1.71de3a556c734p-19, -0x1.c154f8ddc6c00p-73},   // 1/9!
	{0x1.27e4fb7789f5cp-22, 0x1.cbbc05b4fa99ap-76},    // 1/10!
	{0x1.ae64567f544e4p-26, -0x1.c062e06d1f209p-80},   // 1/11!
	{0x1.1eed8eff8d898p-29, -0x1.2aec959e14c06p-83},   // 1/12!
	{0x1.6124613a86d09p-33, 0x1.f28e0cc748ebep-87},    // 1/13!
	{0x1.93974a8c07c9dp-37, 0x1.05d6f8a2efd1fp-92},    // 1/14!
	{0x1.ae7f3e733b81fp-41, 0x1.1d8656b0ee8cbp-97},    // 1/15!
	{0x1.ae7f3e733b81fp-45, 0x1.1d8656b0ee8cbp-101},   // 1/16!
	{0x1.952c77030ad4ap-49, 0x1.ac981465ddc6cp-103},   // 1/17!
	{0x1.6827863b97d97p-53, 0x1.eec01221a8b0bp-107},   // 1/18!
	{0x1.2f49b46814157p-57, 0x1.2650f61dbdcb4p-112},   // 1/19!
	{0x1.e542ba4020225p-62, 0x1.ea72b4afe3c2fp-120},   // 1/20!
	{0x1.71b8ef6dcf572p-66, -0x1.d043ae40c4647p-120},  // 1/21!
	{0x1.0ce396db7f853p-70, -0x1.aebcdbd20331cp-124},  // 1/22!
	{0x1.761b41316381ap-75, -0x1.3423c7d91404fp-130},  // 1/23!
	{0x1.f2cf01972f578p-80, -0x1.9ada5fcc1ab14p-135},  // 1/24!
	{0x1.3f3ccdd165fa9p-84, -0x1.58ddadf344487p-139},  // 1/25!
	{0x1.88e85fc6a4e5ap-89, -0x1.71c37ebd16540p-143},  // 1/26!
	{0x1.d1ab1c2dccea3p-94, 0x1.054d0c78aea14p-149},   // 1/27!
	{0x1.0a18a2635085dp-98, 0x1.b9e2e28e1aa54p-153},   // 1/28!
	{0x1.259f98b4358adp-103, 0x1.eaf8c39dd9bc5p-157},  // 1/29!
	{0x1.3932c5047d60ep-108, 0x1.832b7b530a627p-162},  // 1/30!
	{0x1.434d2e783f5bcp-113, 0x1.0b87b91be9affp-167},  // 1/31!
	{0x1.434d2e783f5bcp-118, 0x1.0b87b91be9affp-172},  // 1/32!
	{0x1.3981254dd0d52p-123, -0x1.2b1f4c8015a2fp-177}, // 1/33!
}

// twoOverPiBits holds 2/π: word i has weight 2^(-64(i+1)). 1280 bits serve the largest float64 with 200 bits to spare.
var twoOverPiBits = [20]uint64{
	0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561, 0xb7246e3a424dd2e0,
	0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484, 0xe99c7026b45f7e41, 0x3991d639835339f4,
	0x9c845f8bbdf9283b, 0x1ff897ffde05980f, 0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d,
	0x7527bac7ebe5f17b, 0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab, 0xf0cfbc209af4361d,
}
