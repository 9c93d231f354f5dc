using System.Buffers;
using System.Text;

namespace Platform.Api.Bulk;

/// <summary>Why bytes are no rows of RFC 4180.</summary>
internal sealed class UnreadableRows(string message) : Exception(message);

/// <summary>
/// RFC 4180, fed piece by piece: cells apart by commas, rows by LF or CR LF, and quotes around what holds any of these. A cell
/// that is empty without quotes is null, with quotes the empty text.
/// </summary>
internal sealed class CommaSeparatedReader(int longestRow)
{
    public const int MostCells = 500;

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ArrayBufferWriter<byte> _cell = new();
    private readonly List<string?> _row = [];
    private State _state = State.CellBegins;
    private int _length;
    private long _rows;
    private bool _wasReturn;

    private enum State
    {
        CellBegins,
        Plain,
        Quoted,

        /// <summary>After a quote inside quotes: the end, or half of a doubled one.</summary>
        QuoteEnds,
    }

    /// <summary>The rows that end in these bytes; blank lines are none.</summary>
    /// <exception cref="UnreadableRows">Quotes stand where none may, or a row is too long.</exception>
    public IEnumerable<IReadOnlyList<string?>> Read(ReadOnlyMemory<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; at++)
        {
            if (++_length > longestRow)
            {
                throw Fault($"is longer than {longestRow} bytes");
            }

            if (Take(bytes.Span[at]) && TryEndRow() is { } row)
            {
                yield return row;
            }
        }
    }

    /// <summary>The last row, when no line ends it.</summary>
    public IReadOnlyList<string?>? End()
    {
        if (_state == State.Quoted)
        {
            throw Fault("has a quote that never ends");
        }

        if (_row.Count == 0 && _cell.WrittenCount == 0 && _state == State.CellBegins)
        {
            return null;
        }

        EndCell();
        return TryEndRow();
    }

    /// <summary>Whether the row ends here.</summary>
    private bool Take(byte letter)
    {
        var wasReturn = _wasReturn;
        _wasReturn = false;
        switch (_state, letter)
        {
            case (State.Quoted, (byte)'"'):
                _state = State.QuoteEnds;
                return false;
            case (State.Quoted, _):
                Keep(letter);
                return false;
            case (State.QuoteEnds, (byte)'"') when !wasReturn:
                Keep(letter);
                _state = State.Quoted;
                return false;
            case (_, (byte)','):
                Return(wasReturn);
                EndCell();
                return false;
            case (_, (byte)'\n'):
                EndCell();
                return true;
            case (_, (byte)'\r') when !wasReturn:
                _wasReturn = true;
                return false;
            case (State.CellBegins, (byte)'"') when !wasReturn:
                _state = State.Quoted;
                return false;
            case (State.CellBegins or State.Plain, not (byte)'"'):
                Return(wasReturn);
                _state = State.Plain;
                Keep(letter);
                return false;
            default:
                throw Fault("has a quote inside a cell that does not begin with one, or text after the quote that ends it");
        }
    }

    /// <summary>A CR that no LF followed belongs to the cell.</summary>
    private void Return(bool wasReturn)
    {
        if (wasReturn)
        {
            Keep((byte)'\r');
        }
    }

    private void Keep(byte letter)
    {
        _cell.GetSpan(1)[0] = letter;
        _cell.Advance(1);
    }

    private void EndCell()
    {
        if (_row.Count == MostCells)
        {
            throw Fault($"has more than {MostCells} cells");
        }

        try
        {
            var text = _strict.GetString(_cell.WrittenSpan);
            _row.Add(_state == State.CellBegins ? null : _rows == 0 && _row.Count == 0 ? text.TrimStart('\ufeff') : text);
        }
        catch (DecoderFallbackException)
        {
            throw Fault("is no UTF-8");
        }

        _cell.ResetWrittenCount();
        _state = State.CellBegins;
    }

    private string?[]? TryEndRow()
    {
        var row = _row.ToArray();
        _row.Clear();
        _length = 0;
        if (row is [null])
        {
            return null; // A blank line.
        }

        _rows++;
        return row;
    }

    private UnreadableRows Fault(string what) => new($"Row {_rows} {what}; the row of the columns is row 0.");
}
