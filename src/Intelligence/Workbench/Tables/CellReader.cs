using System.Buffers.Text;

namespace Platform.Intelligence.Workbench.Tables;

/// <summary>Walks the parts of one cell from left to right. What does not fit is not consumed.</summary>
internal ref struct CellReader(ReadOnlySpan<byte> cell)
{
    private ReadOnlySpan<byte> _rest = cell;

    public readonly bool IsAtEnd => _rest.Length == 0;

    public bool TryNumber(int least, int most, out int number, out int digits)
    {
        number = 0;
        digits = 0;
        while (digits < _rest.Length && digits <= most && char.IsAsciiDigit((char)_rest[digits]))
        {
            number = (number * 10) + (_rest[digits] - '0');
            digits++;
        }

        if (digits < least || digits > most)
        {
            return false;
        }

        _rest = _rest[digits..];
        return true;
    }

    /// <summary>The number (from 1) of the name that the letters ahead begin with; names may be written in full.</summary>
    public bool TryWord(byte[][] names, out int number)
    {
        var letters = 0;
        while (letters < _rest.Length && char.IsAsciiLetter((char)_rest[letters]))
        {
            letters++;
        }

        number = 0;
        if (letters is < 3 or > 9)
        {
            return false;
        }

        Span<byte> lower = stackalloc byte[3];
        System.Text.Ascii.ToLower(_rest[..3], lower, out _);
        for (var i = 0; i < names.Length; i++)
        {
            if (lower.SequenceEqual(names[i]))
            {
                number = i + 1;
                _rest = _rest[letters..];
                return true;
            }
        }

        return false;
    }

    /// <summary>One of <c>- / .</c>, a blank, or a comma with the blank behind it.</summary>
    public bool TrySkipSeparator(out byte separator)
    {
        separator = _rest.Length == 0 ? (byte)0 : _rest[0];
        if (separator is not ((byte)'-' or (byte)'/' or (byte)'.' or (byte)' ' or (byte)','))
        {
            return false;
        }

        _rest = separator == ',' && _rest.Length > 1 && _rest[1] == ' ' ? _rest[2..] : _rest[1..];
        return true;
    }

    /// <summary>What stands between a day and its time: a T, blanks, or a comma.</summary>
    public bool TrySkipTimeMark()
    {
        if (TrySkip('T') || TrySkip('t'))
        {
            return true;
        }

        var length = _rest.Length;
        TrySkip(',');
        SkipBlanks();
        return _rest.Length < length;
    }

    public bool TrySkip(char mark)
    {
        if (_rest.Length == 0 || _rest[0] != mark)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    public bool TrySeconds(out double seconds)
    {
        var length = 0;
        while (length < _rest.Length && (char.IsAsciiDigit((char)_rest[length]) || _rest[length] == '.'))
        {
            length++;
        }

        seconds = 0;
        if (length < 2 || !Utf8Parser.TryParse(_rest[..length], out seconds, out var read) || read != length)
        {
            return false;
        }

        _rest = _rest[length..];
        return true;
    }

    public bool TryHalfDay(out bool isAfternoon)
    {
        isAfternoon = false;
        var before = _rest;
        SkipBlanks();
        if (_rest.Length >= 2 && (_rest[0] | 0x20) is 'a' or 'p' && (_rest[1] | 0x20) == 'm')
        {
            isAfternoon = (_rest[0] | 0x20) == 'p';
            _rest = _rest[2..];
            return true;
        }

        _rest = before;
        return false;
    }

    /// <summary>Minutes ahead of UTC: nothing and Z are none; else +02:00, +0200, +02, also after a blank.</summary>
    public bool TryOffset(out int minutes)
    {
        minutes = 0;
        SkipBlanks();
        if (IsAtEnd || TrySkip('Z') || TrySkip('z'))
        {
            return true;
        }

        if (_rest.SequenceEqual("UTC"u8) || _rest.SequenceEqual("GMT"u8))
        {
            _rest = [];
            return true;
        }

        var sign = TrySkip('+') ? 1 : TrySkip('-') ? -1 : 0;
        if (sign == 0 || _rest.Length < 2 || !Utf8Parser.TryParse(_rest[..2], out int hours, out var read) || read != 2)
        {
            return false;
        }

        _rest = _rest[2..];
        TrySkip(':');
        var rest = 0;
        if (!IsAtEnd && !TryNumber(2, 2, out rest, out _))
        {
            return false;
        }

        minutes = sign * ((hours * 60) + rest);
        return hours <= 18 && rest < 60;
    }

    private void SkipBlanks()
    {
        while (_rest.Length > 0 && _rest[0] == ' ')
        {
            _rest = _rest[1..];
        }
    }
}
