using System.Buffers;
using System.Runtime.CompilerServices;

namespace Platform.GraphQL.Response;

/// <summary>
/// Collects UTF-8 JSON in pooled chunks that are never grown by copying, and can be taken back to an earlier place: a
/// null that propagates to its parent erases what the parent had written. Commas, braces and names are the caller's,
/// because a compiled operation has them ready as bytes.
/// </summary>
public sealed partial class JsonWriter : IBufferWriter<byte>, IDisposable
{
    /// <summary>Twelve kilobytes, our hundred objects of eight fields, fit one chunk; both sizes stay below the large object heap.</summary>
    private const int FirstChunk = 16 * 1024;
    private const int LaterChunk = 64 * 1024;

    private readonly long _limit;
    private Chunk[] _full = [];
    private int _fullCount;
    private long _fullLength;
    private byte[] _chunk;
    private int _start;
    private int _at;

    public JsonWriter(long limit)
    {
        _limit = limit;
        _chunk = ArrayPool<byte>.Shared.Rent(FirstChunk);
    }

    private readonly record struct Chunk(byte[] Bytes, int Start, int End);

    /// <summary>A place to come back to.</summary>
    public readonly record struct Mark(int Chunks, int At);

    public long Length => _fullLength + (_at - _start);

    public Mark Position => new(_fullCount, _at);

    /// <summary>Forgets everything written since the mark was taken.</summary>
    public void Rewind(Mark mark)
    {
        while (_fullCount > mark.Chunks)
        {
            ArrayPool<byte>.Shared.Return(_chunk);
            var chunk = _full[--_fullCount];
            _full[_fullCount] = default;
            _fullLength -= chunk.End - chunk.Start;
            (_chunk, _start) = (chunk.Bytes, chunk.Start);
        }

        _at = mark.At;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteRaw(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > _chunk.Length - _at)
        {
            WriteLong(utf8);
            return;
        }

        utf8.CopyTo(_chunk.AsSpan(_at));
        _at += utf8.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteRaw(byte ascii)
    {
        if (_at == _chunk.Length)
        {
            Grow(1);
        }

        _chunk[_at++] = ascii;
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        var wanted = Math.Max(sizeHint, 1);
        if (_chunk.Length - _at < wanted)
        {
            Grow(wanted);
        }

        return _chunk.AsSpan(_at);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        _ = GetSpan(sizeHint);
        return _chunk.AsMemory(_at);
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _chunk.Length - _at);
        _at += count;
    }

    /// <summary>Appends another writer's content without copying it; the other writer is empty afterwards.</summary>
    public void Take(JsonWriter other, int skip)
    {
        PushCurrent();
        for (var i = 0; i < other._fullCount; i++)
        {
            Push(i == 0 ? other._full[i] with { Start = other._full[i].Start + skip } : other._full[i]);
        }

        (_chunk, _start, _at) = (other._chunk, other._start + (other._fullCount == 0 ? skip : 0), other._at);
        other._fullCount = 0;
        other._fullLength = 0;
        (other._chunk, other._start, other._at) = ([], 0, 0);
    }

    public ReadOnlySequence<byte> AsSequence()
    {
        if (_fullCount == 0)
        {
            return new ReadOnlySequence<byte>(_chunk, _start, _at - _start);
        }

        var first = new Segment(_full[0].Bytes.AsMemory(_full[0].Start, _full[0].End - _full[0].Start), 0);
        var last = first;
        for (var i = 1; i < _fullCount; i++)
        {
            last = last.Append(_full[i].Bytes.AsMemory(_full[i].Start, _full[i].End - _full[i].Start));
        }

        last = last.Append(_chunk.AsMemory(_start, _at - _start));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    public void CopyTo(IBufferWriter<byte> output)
    {
        for (var i = 0; i < _fullCount; i++)
        {
            output.Write(_full[i].Bytes.AsSpan(_full[i].Start, _full[i].End - _full[i].Start));
        }

        output.Write(_chunk.AsSpan(_start, _at - _start));
    }

    public byte[] ToArray() => AsSequence().ToArray();

    public void Dispose()
    {
        for (var i = 0; i < _fullCount; i++)
        {
            ArrayPool<byte>.Shared.Return(_full[i].Bytes);
        }

        if (_chunk.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_chunk);
        }

        _full = [];
        _fullCount = 0;
        _fullLength = 0;
        (_chunk, _start, _at) = ([], 0, 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteLong(ReadOnlySpan<byte> utf8)
    {
        while (utf8.Length > 0)
        {
            if (_at == _chunk.Length)
            {
                Grow(1);
            }

            var part = Math.Min(utf8.Length, _chunk.Length - _at);
            utf8[..part].CopyTo(_chunk.AsSpan(_at));
            _at += part;
            utf8 = utf8[part..];
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int needed)
    {
        // The limit is looked at only here, so a response may pass it by at most one chunk before it is stopped.
        if (Length > _limit)
        {
            throw new ResponseTooLargeException(_limit);
        }

        PushCurrent();
        _chunk = ArrayPool<byte>.Shared.Rent(Math.Max(needed, LaterChunk));
        (_start, _at) = (0, 0);
    }

    private void PushCurrent()
    {
        Push(new Chunk(_chunk, _start, _at));
        _chunk = [];
    }

    private void Push(Chunk chunk)
    {
        if (_fullCount == _full.Length)
        {
            Array.Resize(ref _full, Math.Max(4, _fullCount * 2));
        }

        _full[_fullCount++] = chunk;
        _fullLength += chunk.End - chunk.Start;
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex)
        {
            Memory = memory;
            RunningIndex = runningIndex;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}

/// <summary>G-55: a response that grows past its limit is stopped while it is written.</summary>
public sealed class ResponseTooLargeException(long limit)
    : Exception(string.Create(null, $"The response exceeds {limit} bytes."));
