using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Stock;

/// <summary>What makes two units of stock the same stock. A balance is the sum of all legs with one key.</summary>
public sealed record StockKey(
    BinId Bin, ItemId Item, LotId? Lot, SerialId? Serial, HandlingUnitId? HandlingUnit, OwnerId Owner, StockCondition Condition)
{
    private Guid? _digest;

    /// <summary>
    /// The key in one value, by which rows are found and in whose order they are locked. The database computes the same
    /// from the same parts, so a mistake here finds no row, and never a wrong one.
    /// </summary>
    public Guid Digest => _digest ??= Compute();

    public bool Equals(StockKey? other) => other is not null && Digest == other.Digest;

    public override int GetHashCode() => BinaryPrimitives.ReadInt32LittleEndian(Digest.ToByteArray());

    private Guid Compute()
    {
        Span<char> text = stackalloc char[6 * 36 + 16];
        var at = 0;
        Append(text, ref at, Bin.Value);
        Append(text, ref at, Item.Value);
        Append(text, ref at, Lot?.Value);
        Append(text, ref at, Serial?.Value);
        Append(text, ref at, HandlingUnit?.Value);
        Append(text, ref at, Owner.Value);
        var condition = StockWords.Of(Condition);
        condition.CopyTo(text[at..]);
        at += condition.Length;
        Span<byte> bytes = stackalloc byte[at];
        Encoding.ASCII.GetBytes(text[..at], bytes);
        Span<byte> digest = stackalloc byte[16];
#pragma warning disable CA5351 // Not a secret: a fingerprint that PostgreSQL computes too, beside a unique key of the parts.
        MD5.HashData(bytes, digest);
#pragma warning restore CA5351
        return new Guid(digest, bigEndian: true);
    }

    private static void Append(Span<char> text, ref int at, Guid? part)
    {
        if (part is { } value)
        {
            value.TryFormat(text[at..], out var written, "D");
            at += written;
        }
        else
        {
            text[at++] = '-';
        }
    }
}
