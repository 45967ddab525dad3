using Org.BouncyCastle.Math;

namespace Truebit.Proof.Tests;

public sealed class SignatureTests
{
    private const string Order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    private const string HalfOrder = "7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0";
    private const string AboveHalf = "7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a1";
    private const string One = "0000000000000000000000000000000000000000000000000000000000000001";
    private const string Zero = "0000000000000000000000000000000000000000000000000000000000000000";

    private static readonly byte[] Hash = Samples.Bytes(Samples.DispatchHash);

    // RFC 6979 with SHA-256 on secp256k1, as in the tests of bitcoinjs, python-ecdsa and trezor-crypto.
    [Theory]
    [InlineData("Satoshi Nakamoto", "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8", "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5")]
    [InlineData("All those moments will be lost in time, like tears in rain. Time to die...", "8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b", "547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21")]
    public void SigningIsDeterministic(string message, string r, string s)
    {
        HubSigner signer = new(Samples.Bytes(One));
        byte[] hash = System.Security.Cryptography.SHA256.HashData(Samples.Utf8(message));
        RecoverableSignature signature = signer.Sign(hash);
        Assert.Equal((r, s), (signature.RText, signature.SText));
        Assert.Equal(signer.PublicKey, PublicKey.Recover(hash, signature));
    }

    [Theory]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [InlineData("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [InlineData("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    public void AddressesHaveTheChecksumOfEip55(string address)
    {
        Assert.Equal(address, Samples.Address(address.ToLowerInvariant()).ToString());
        Assert.Equal(address, Samples.Address("0x" + address.Substring(2).ToUpperInvariant()).ToString());
        Assert.Equal(Samples.Address(address), Samples.Address(address.ToLowerInvariant()));
        Assert.False(EthereumAddress.TryParse(address.Replace('B', 'b').Replace('D', 'd'), out _));
        Assert.False(EthereumAddress.TryParse(address.Substring(2), out _));
        Assert.False(EthereumAddress.TryParse(address.Substring(0, 41) + "g", out _));
        Assert.False(EthereumAddress.TryParse(null, out _));
    }

    [Theory]
    [InlineData(27, Zero, One, "r is zero")]
    [InlineData(27, One, Zero, "s is zero")]
    [InlineData(27, Order, One, "r is zero, or not below")]
    [InlineData(27, One, Order, "s is zero, or not below")]
    [InlineData(28, One, AboveHalf, "high S")]
    [InlineData(26, One, One, "v is neither")]
    [InlineData(29, One, One, "v is neither")]
    [InlineData(0, One, One, "v is neither")]
    [InlineData(1, One, One, "v is neither")]
    [InlineData(27, null, One, "r is not 64")]
    [InlineData(27, One, "01", "s is not 64")]
    [InlineData(27, "0x" + One, One, "r is not 64")]
    [InlineData(27, "0X0000000000000000000000000000000000000000000000000000000000001", One, "r is not 64")]
    [InlineData(27, "000000000000000000000000000000000000000000000000000000000000000A", One, "r is not 64")]
    [InlineData(27, "000000000000000000000000000000000000000000000000000000000000000g", One, "r is not 64")]
    [InlineData(27, " 00000000000000000000000000000000000000000000000000000000000001 ", One, "r is not 64")]
    public void WhatCannotBeASignatureIsSaid(int v, string? r, string? s, string problem)
    {
        Assert.Null(RecoverableSignature.Read(v, r, s, out string actual));
        Assert.Contains(problem, actual);
    }

    [Fact]
    public void TheGreatestLowSIsAccepted() => Assert.NotNull(RecoverableSignature.Read(28, One, HalfOrder, out _));

    [Fact]
    public void AnRThatIsNoCoordinateGivesNoKey()
    {
        // 5 is the least x that no point of secp256k1 has.
        RecoverableSignature signature = RecoverableSignature.Read(27, One.Substring(0, 63) + "5", One, out _)!;
        Assert.Null(PublicKey.Recover(Hash, signature));
        Assert.False(Samples.Signer.PublicKey.Verify(Hash, signature));
    }

    [Fact]
    public void ASignatureOfThePointAtInfinityGivesNoKey()
    {
        // R = G and s = z: sR - zG is no point, so no key.
        string gx = "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
        RecoverableSignature signature = RecoverableSignature.Read(27, gx, One, out _)!;
        Assert.Null(PublicKey.Recover(Samples.Bytes(One), signature));
        Assert.NotNull(PublicKey.Recover(Samples.Bytes(Zero), signature));
    }

    [Fact]
    public void RecoveringAndVerifyingAgree()
    {
        Random random = new(20);
        byte[] hash = new byte[32];
        for (int n = 0; n < 200; n++)
        {
            byte[] key = new byte[32];
            random.NextBytes(key);
            random.NextBytes(hash);
            key[0] = 0;
            HubSigner signer = new(key);
            RecoverableSignature signature = signer.Sign(hash);
            RecoverableSignature other = RecoverableSignature.Read(55 - signature.V, signature.RText, signature.SText, out _)!;
            Assert.True(signature.S.CompareTo(Secp256k1.HalfOrder) <= 0);
            Assert.Equal(signer.PublicKey, PublicKey.Recover(hash, signature));
            Assert.True(signer.PublicKey.Verify(hash, signature));
            Assert.NotEqual(signer.PublicKey, PublicKey.Recover(hash, other));
            Assert.False(signer.PublicKey.Verify(hash, other));
            hash[n % 32] ^= 1;
            Assert.False(signer.PublicKey.Verify(hash, signature));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("04")]
    public void WhatIsNoKeyIsSaid(string? text)
    {
        Assert.Null(PublicKey.Read(text, out string problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void APointBesideTheCurveIsNoKey()
    {
        string text = Samples.Signer.PublicKey.Text;
        Assert.Equal(Samples.Signer.PublicKey, PublicKey.Read(text, out _));
        Assert.Null(PublicKey.Read(text.Substring(0, 129) + (text[129] == '0' ? "1" : "0"), out string problem));
        Assert.Contains("not a point", problem);
        Assert.Null(PublicKey.Read("04" + new string('0', 128), out _));
        Assert.Null(PublicKey.Read("04" + new string('f', 128), out _));
        Assert.Null(PublicKey.Read(text.ToUpperInvariant().Replace('B', 'b'), out _));
        Assert.Null(PublicKey.Read("05" + text.Substring(2), out _));
    }

    [Fact]
    public void KeysOutOfRangeAreRefused()
    {
        Assert.Throws<ArgumentException>(static () => new HubSigner(Samples.Bytes(Zero)));
        Assert.Throws<ArgumentException>(static () => new HubSigner(Samples.Bytes(Order)));
        Assert.Throws<ArgumentException>(static () => new HubSigner(new byte[31]));
        Assert.Throws<ArgumentException>(static () => Samples.Signer.Sign(new byte[31]));
        Assert.NotEqual(HubSigner.Create().Address, HubSigner.Create().Address);
        Assert.Equal(new BigInteger(Order, 16), Secp256k1.Order);
    }
}
