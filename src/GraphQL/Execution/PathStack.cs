namespace Platform.GraphQL.Execution;

/// <summary>Where the writer stands. Segments cost nothing to push; a path is made only when an error needs one.</summary>
internal sealed class PathStack
{
    private (string? Name, int Index)[] _segments = new (string?, int)[16];
    private int _count;

    public int Depth => _count;

    public void Push(string name)
    {
        EnsureSpace();
        _segments[_count++] = (name, 0);
    }

    public void PushIndex()
    {
        EnsureSpace();
        _segments[_count++] = (null, 0);
    }

    public void SetIndex(int index) => _segments[_count - 1] = (null, index);

    public bool IsAtIndex => _count > 0 && _segments[_count - 1].Name is null;

    public void Pop() => _count--;

    public void Truncate(int depth) => _count = depth;

    public IReadOnlyList<object> ToPath()
    {
        var path = new object[_count];
        for (var i = 0; i < path.Length; i++)
        {
            path[i] = _segments[i].Name ?? (object)_segments[i].Index;
        }

        return path;
    }

    /// <summary>A stack that starts at the place a later part belongs to.</summary>
    public static PathStack At(IReadOnlyList<object> path)
    {
        var stack = new PathStack();
        foreach (var segment in path)
        {
            if (segment is string name)
            {
                stack.Push(name);
            }
            else
            {
                stack.PushIndex();
                stack.SetIndex((int)segment);
            }
        }

        return stack;
    }

    private void EnsureSpace()
    {
        if (_count == _segments.Length)
        {
            Array.Resize(ref _segments, _count * 2);
        }
    }
}
