using System.Buffers.Text;
using System.Text;

namespace Platform.Intelligence.Learning.XgboostFormat;

/// <summary>The text is not the JSON that a model file is made of.</summary>
internal sealed class JsonRefused(string reason, int position) : Exception($"{reason} (byte {position})");

/// <summary>
/// Reads JSON as XGBoost writes it: it allows the bare words NaN and Infinity, which standard readers refuse, and
/// keeps arrays of numbers as one array. Depth, size and duplicates are checked while reading, so that a hostile text
/// costs no more than its length.
/// </summary>
internal sealed class JsonTree
{
    private const int MaxDepth = 32;
    private const int MaxMembers = 4096;

    private readonly byte[] _text;
    private int _at;

    private JsonTree(byte[] text) => _text = text;

    /// <summary>An object is a dictionary, an array of numbers <see cref="JsonNumbers"/>, any other array a list.</summary>
    public static object? Parse(byte[] text)
    {
        var reader = new JsonTree(text);
        if (text.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            reader._at = 3;
        }

        var value = reader.Value(depth: 0);
        reader.Blank();
        return reader._at == text.Length ? value : throw reader.Refuse("there is text behind the end");
    }

    private JsonRefused Refuse(string reason) => new(reason, _at);

    private void Blank()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _at++;
        }
    }

    private byte Peek()
    {
        Blank();
        return _at < _text.Length ? _text[_at] : throw Refuse("the text ends early");
    }

    private void Expect(char character)
    {
        if (Peek() != character)
        {
            throw Refuse($"'{character}' expected");
        }

        _at++;
    }

    private object? Value(int depth)
    {
        if (depth > MaxDepth)
        {
            throw Refuse("nested too deeply");
        }

        switch (Peek())
        {
            case (byte)'{':
                return Members(depth);
            case (byte)'[':
                return Elements(depth);
            case (byte)'"':
                return Text();
            case (byte)'t':
                return Word("true", value: true);
            case (byte)'f':
                return Word("false", value: false);
            case (byte)'n':
                return Word("null", value: null);
            default:
                return Number(out _);
        }
    }

    private object? Word(string word, object? value)
    {
        if (!_text.AsSpan(_at).StartsWith(Encoding.ASCII.GetBytes(word)))
        {
            throw Refuse("unknown word");
        }

        _at += word.Length;
        return value;
    }

    private Dictionary<string, object?> Members(int depth)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        _at++;
        if (Peek() == '}')
        {
            _at++;
            return members;
        }

        while (true)
        {
            Blank();
            var name = Text();
            Expect(':');
            if (!members.TryAdd(name, Value(depth + 1)))
            {
                throw Refuse("a member is given twice");
            }

            if (members.Count > MaxMembers)
            {
                throw Refuse("too many members");
            }

            if (Peek() == '}')
            {
                _at++;
                return members;
            }

            Expect(',');
        }
    }

    private object Elements(int depth)
    {
        _at++;
        if (Peek() == ']')
        {
            _at++;
            return new JsonNumbers([], AllIntegers: true);
        }

        return Peek() is (byte)'{' or (byte)'[' or (byte)'"' or (byte)'t' or (byte)'f' or (byte)'n'
            ? List(depth)
            : Numbers();
    }

    private List<object?> List(int depth)
    {
        var list = new List<object?>();
        while (true)
        {
            list.Add(Value(depth + 1));
            if (Peek() == ']')
            {
                _at++;
                return list;
            }

            Expect(',');
        }
    }

    private JsonNumbers Numbers()
    {
        var numbers = new List<double>();
        var allIntegers = true;
        while (true)
        {
            Blank();
            numbers.Add(Number(out var isInteger));
            allIntegers &= isInteger;
            if (Peek() == ']')
            {
                _at++;
                return new JsonNumbers([.. numbers], allIntegers);
            }

            Expect(',');
        }
    }

    private double Number(out bool isInteger)
    {
        isInteger = false;
        var rest = _text.AsSpan(_at);
        foreach (var (word, value) in Words)
        {
            if (rest.StartsWith(word))
            {
                _at += word.Length;
                return value;
            }
        }

        if (rest.IsEmpty || !(rest[0] == '-' || (rest[0] >= '0' && rest[0] <= '9'))
            || !Utf8Parser.TryParse(rest, out double number, out var length))
        {
            throw Refuse("a value is expected");
        }

        isInteger = rest[..length].IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0;
        _at += length;
        return number;
    }

    private static readonly (byte[] Word, double Value)[] Words =
    [
        ("NaN"u8.ToArray(), double.NaN),
        ("Infinity"u8.ToArray(), double.PositiveInfinity),
        ("-Infinity"u8.ToArray(), double.NegativeInfinity),
    ];

    private string Text()
    {
        if (_at >= _text.Length || _text[_at] != '"')
        {
            throw Refuse("a string is expected");
        }

        _at++;
        var start = _at;
        while (_at < _text.Length && _text[_at] != '"')
        {
            _at += _text[_at] == '\\' ? 2 : 1;
        }

        if (_at >= _text.Length)
        {
            throw Refuse("a string does not end");
        }

        var raw = Encoding.UTF8.GetString(_text, start, _at - start);
        _at++;
        return raw.Contains('\\', StringComparison.Ordinal) ? Unescape(raw) : raw;
    }

    private string Unescape(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            i++;
            if (i < raw.Length && raw[i] == 'u' && i + 4 < raw.Length
                && ushort.TryParse(raw.AsSpan(i + 1, 4), System.Globalization.NumberStyles.HexNumber, null, out var code))
            {
                text.Append((char)code);
                i += 4;
                continue;
            }

            text.Append((i < raw.Length ? raw[i] : ' ') switch
            {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' => '\b',
                'f' => '\f',
                '"' => '"',
                '\\' => '\\',
                '/' => '/',
                _ => throw Refuse("an unknown escape"),
            });
        }

        return text.ToString();
    }
}

/// <summary>An array of numbers, and whether each was written without point and exponent.</summary>
internal sealed record JsonNumbers(double[] Values, bool AllIntegers);
