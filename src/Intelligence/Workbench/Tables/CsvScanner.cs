using Platform.Domain.Kernel;

namespace Platform.Intelligence.Workbench.Tables;

/// <summary>The file is not a table; the sentence says in which line and why.</summary>
internal sealed record CsvRefused(string File, long Line, string Reason) : DomainError
{
    public override string Message => FormattableString.Invariant($"{File}, line {Line}: {Reason}.");
}

/// <summary>Carries a refusal out of the scanner's loops.</summary>
internal sealed class CsvException(long line, string reason) : Exception(reason)
{
    public long Line { get; } = line;
}

/// <summary>
/// Walks the records of a CSV stream (RFC 4180, any line ending, quoted fields with line breaks) in one buffer,
/// without a string per cell. Memory does not grow with the file.
/// </summary>
internal sealed class CsvScanner
{
    private const int FirstBuffer = 1 << 20;
    private const int LargestRecord = 64 << 20;
    private const int MostFields = 20_000;

    private readonly Stream _stream;
    private readonly List<(int Start, int Length)> _fields = [];
    private byte[] _buffer = new byte[FirstBuffer];
    private int _at;
    private int _end;
    private bool _isDrained;
    private long _lines = 1;

    public CsvScanner(Stream stream)
    {
        _stream = stream;
        Refill();
        SkipMark();
        Delimiter = Guess();
    }

    public byte Delimiter { get; }

    /// <summary>Where the current record begins, from 1.</summary>
    public long Line { get; private set; }

    public int FieldCount => _fields.Count;

    public ReadOnlySpan<byte> Field(int index) => _buffer.AsSpan(_fields[index].Start, _fields[index].Length);

    public string Text(int index) => CsvCell.Text(Field(index));

    /// <summary>Moves to the next record. Empty lines are skipped.</summary>
    public bool Read()
    {
        while (true)
        {
            Line = _lines;
            if (_at >= _end && _isDrained)
            {
                return false;
            }

            while (!TryRecord())
            {
                Refill();
            }

            if (_fields.Count > 1 || _fields[0].Length > 0)
            {
                return true;
            }

            if (_at >= _end && _isDrained)
            {
                return false;
            }
        }
    }

    private void SkipMark()
    {
        var start = _buffer.AsSpan(0, _end);
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            throw new CsvException(1, "the file is UTF-16; save it as UTF-8");
        }

        _at = start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
    }

    // The separator that the first line has most of, outside quotes.
    private byte Guess()
    {
        Span<int> counts = stackalloc int[128];
        counts.Clear();
        var isQuoted = false;
        foreach (var character in _buffer.AsSpan(_at, _end - _at))
        {
            isQuoted ^= character == '"';
            if (!isQuoted && character is (byte)'\n' or (byte)'\r')
            {
                break;
            }

            if (!isQuoted && character < 128)
            {
                counts[character]++;
            }
        }

        var best = (byte)',';
        foreach (var candidate in ";\t|"u8)
        {
            best = counts[candidate] > counts[best] ? candidate : best;
        }

        return best;
    }

    /// <summary>Keeps the unread rest, doubles the buffer when the rest fills it, reads on.</summary>
    private void Refill()
    {
        var rest = _end - _at;
        if (rest >= LargestRecord)
        {
            throw new CsvException(Line, "a record is longer than 64 MB; is a quote left open");
        }

        var target = rest > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        _buffer.AsSpan(_at, rest).CopyTo(target);
        _buffer = target;
        (_at, _end) = (0, rest);
        while (_end < _buffer.Length && !_isDrained)
        {
            var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            _isDrained = read == 0;
            _end += read;
        }
    }

    /// <summary>Cuts one record into fields; false when the buffer ends before the record does.</summary>
    private bool TryRecord()
    {
        _fields.Clear();
        var at = _at;
        var lines = 0L;
        while (true)
        {
            var start = at;
            if (at < _end && _buffer[at] == '"')
            {
                at = Quoted(at, ref lines);
                if (at < 0)
                {
                    return _isDrained ? throw new CsvException(Line, "a quoted field does not end") : false;
                }
            }
            else
            {
                while (at < _end && _buffer[at] != Delimiter && _buffer[at] != '\n' && _buffer[at] != '\r')
                {
                    at++;
                }

                _fields.Add((start, at - start));
            }

            if (_fields.Count > MostFields)
            {
                throw new CsvException(Line, $"there are more than {MostFields} fields");
            }

            if (at >= _end || (_buffer[at] == '\r' && at + 1 >= _end && !_isDrained))
            {
                return _isDrained && Finish(at, lines);
            }

            if (_buffer[at] == Delimiter)
            {
                at++;
                continue;
            }

            if (_buffer[at] is not ((byte)'\n' or (byte)'\r'))
            {
                throw new CsvException(Line, $"text follows the closing quote of field {_fields.Count}");
            }

            at += _buffer[at] == '\r' && at + 1 < _end && _buffer[at + 1] == '\n' ? 2 : 1;
            return Finish(at, lines + 1);
        }
    }

    private bool Finish(int at, long lines)
    {
        Unquote();
        _at = at;
        _lines += lines;
        return true;
    }

    // Answers the place behind the closing quote, or −1 when the buffer ends before it. The field keeps its inner
    // quotes doubled until the record is whole, because a record that does not fit is cut again from its start.
    private int Quoted(int open, ref long lines)
    {
        for (var at = open + 1; at < _end; at++)
        {
            lines += _buffer[at] == '\n' ? 1 : 0;
            if (_buffer[at] != '"')
            {
                continue;
            }

            if (at + 1 >= _end && !_isDrained)
            {
                return -1;
            }

            if (at + 1 < _end && _buffer[at + 1] == '"')
            {
                at++;
                continue;
            }

            _fields.Add((open, at + 1 - open));
            return at + 1;
        }

        return -1;
    }

    private void Unquote()
    {
        for (var f = 0; f < _fields.Count; f++)
        {
            var (start, length) = _fields[f];
            if (length < 2 || _buffer[start] != '"')
            {
                continue;
            }

            var to = start + 1;
            for (var from = start + 1; from < start + length - 1; from++)
            {
                _buffer[to++] = _buffer[from];
                from += _buffer[from] == '"' ? 1 : 0;
            }

            _fields[f] = (start + 1, to - start - 1);
        }
    }
}
